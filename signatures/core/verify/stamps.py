"""The time-stamps of one signature."""

from signatures.core.asn1 import oids
from signatures.core.cades import esc_time_stamp_input
from signatures.core.cms.values import SignerInfo
from signatures.core.errors import SignatureFormatError
from signatures.core.timestamp import Stamp, StampKind, Surroundings, judge_stamp, read_token
from signatures.core.verify.scene import Scene


def judge_stamps(scene: Scene) -> tuple[Stamp, ...]:
    """Judge every token that is put on the document or on the signature; those of the archive form are only shown."""
    attached = scene.attached
    if attached is None:
        return ()
    around = Surroundings(scene.bundles, scene.context)
    found = [judge_stamp(StampKind.CONTENT, der, dict(scene.subject.digests), around) for der in attached.content_time_stamps]
    found += [judge_stamp(StampKind.SIGNATURE, der, scene.signer.signature, around) for der in attached.signature_time_stamps]
    if attached.esc_time_stamps:
        covered = esc_time_stamp_input(scene.signer)
        found += [judge_stamp(StampKind.ESC, der, covered, around) for der in attached.esc_time_stamps]
    return tuple(found)


def digests_for_stamps(signer: SignerInfo) -> frozenset[str]:
    """Return the OIDs of the digests of the document that stamps over the content need."""
    needed = set()
    for der in signer.signed(oids.CONTENT_TIME_STAMP):
        try:
            needed.add(read_token(der).digest_algorithm)
        except SignatureFormatError:
            continue
    return frozenset(needed)
