"""Whatever the bytes are, the readers of containers answer with a value or with `SignatureFormatError`, at once.

The default run takes a fixed number of cases; the long run raises it by STAND_FUZZ_EXAMPLES.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from signatures.core import cades
from signatures.core.asn1 import strict
from signatures.core.cms import BER_OUTER, CLIENT_SECRET, STRICT_DER, TIME_STAMP, SignedData, parse_signed_data
from signatures.core.errors import SignatureFormatError
from tests.factories import asn1_tree
from tests.factories.containers import vector, vector_der
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome

NAMES = ["demo/doc.sig", "demo/doc_att.sig", "tc26_cms/signed_a111.pem"]
DIALECTS = st.sampled_from([BER_OUTER, CLIENT_SECRET, STRICT_DER, TIME_STAMP])


def read_all(data: bytes, dialect=BER_OUTER) -> None:
    """Read a container as far as anybody does."""
    signed = parse_signed_data(data, dialect)
    strict.check(signed.der)
    for signer in signed.signers:
        cades.level_of(signed, signer)
        cades.evidence_of(signer)
        cades.esc_time_stamp_input(signer)
        repr(signer)


class TestAnyBytes:
    @fuzz
    @given(st.binary(max_size=400), DIALECTS)
    def test_noise_is_refused(self, data, dialect):
        assert outcome(read_all, data, dialect)

    @fuzz
    @given(st.sampled_from(NAMES), st.integers(min_value=0), st.binary(min_size=1, max_size=8), DIALECTS)
    def test_overwritten_bytes_are_read_or_refused(self, name, place, patch, dialect):
        data = bytearray(vector_der(name))
        place %= len(data)
        data[place : place + len(patch)] = patch

        outcome(read_all, bytes(data), dialect)

    @fuzz
    @given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.integers(1, 4), DIALECTS)
    def test_changed_structures_are_read_or_refused(self, name, random, times, dialect):
        tree = asn1_tree.parse(vector_der(name))
        data = b""
        for _ in range(times):
            data = asn1_tree.mutate(tree, random)

        outcome(read_all, data, dialect)


def without_bytes(signed: SignedData) -> SignedData:
    """Leave what was understood, without the copies of the file itself."""
    signers = tuple(replace(signer, der=b"") for signer in signed.signers)
    return replace(signed, der=b"", signers=signers)


class TestEverySingleBit:
    def test_a_flipped_bit_is_refused_or_read_as_another_value(self):
        """No bit of a file is passed over: whoever changes one gets a refusal or other values to judge."""
        data = vector("demo/doc.sig")
        good = without_bytes(parse_signed_data(data))

        for place in range(8 * len(data)):
            flipped = bytearray(data)
            flipped[place // 8] ^= 1 << place % 8
            try:
                found = parse_signed_data(bytes(flipped))
            except SignatureFormatError:
                continue
            assert without_bytes(found) != good, place
