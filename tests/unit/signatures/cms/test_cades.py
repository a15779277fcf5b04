"""Levels of CAdES and the evidence inside of a signature."""

import pytest

from signatures.core import cades
from signatures.core.asn1 import oids, writer
from signatures.core.cades import Level, Reference
from signatures.core.cms import SignedData, SignerInfo, parse_signed_data
from tests.factories.containers import Container, Signer, algorithm, attribute, content_type, message_digest, usual_attributes, vector, vector_der
from tests.factories.refusals import refusal

TOKEN = Container().der()
CERTIFICATE = vector_der("demo/ee.pem")
CRL = vector_der("demo/iss.crl")
RESPONSE = writer.sequence(writer.null())

TIME_STAMP = attribute(oids.SIGNATURE_TIME_STAMP, TOKEN)
CERTIFICATE_REFS = attribute(
    oids.CERTIFICATE_REFS,
    writer.sequence(
        writer.sequence(writer.sequence(algorithm(oids.STREEBOG_256), writer.octets(b"c" * 32))),
        writer.sequence(writer.octets(b"o" * 20)),
    ),
)
REVOCATION_REFS = attribute(
    oids.REVOCATION_REFS,
    writer.sequence(
        writer.sequence(
            writer.context(0, writer.sequence(writer.sequence(writer.sequence(algorithm(oids.SHA_256), writer.octets(b"l" * 32))))),
            writer.context(
                1,
                writer.sequence(
                    writer.sequence(writer.sequence(), writer.sequence(algorithm(oids.SHA_256), writer.octets(b"r" * 32))),
                    writer.sequence(writer.sequence()),
                ),
            ),
        )
    ),
)
CERTIFICATE_VALUES = attribute(oids.CERTIFICATE_VALUES, writer.sequence(CERTIFICATE))
REVOCATION_VALUES = attribute(oids.REVOCATION_VALUES, writer.sequence(writer.context(0, writer.sequence(CRL)), writer.context(1, writer.sequence(RESPONSE))))
ESC_TIME_STAMP = attribute(oids.ESC_TIME_STAMP, TOKEN)
ARCHIVE_V3 = attribute(oids.ARCHIVE_TIME_STAMP_V3, TOKEN)


def read(*unsigned: bytes, attributes: list[bytes] | None = None, lists: tuple[bytes, ...] = ()) -> tuple[SignedData, SignerInfo]:
    signer = Signer(attributes=attributes or usual_attributes(), unsigned=list(unsigned) or None)
    signed = parse_signed_data(Container(signers=[signer], lists=list(lists)).der())
    return signed, signed.signers[0]


class TestLevel:
    @pytest.mark.parametrize(
        ("unsigned", "expected"),
        [
            ([], Level.BES),
            ([TIME_STAMP], Level.T),
            ([TIME_STAMP, CERTIFICATE_REFS], Level.T),
            ([CERTIFICATE_REFS, REVOCATION_REFS], Level.BES),
            ([TIME_STAMP, CERTIFICATE_REFS, REVOCATION_REFS], Level.C),
            ([TIME_STAMP, CERTIFICATE_REFS, REVOCATION_REFS, CERTIFICATE_VALUES, REVOCATION_VALUES], Level.XL),
            ([TIME_STAMP, CERTIFICATE_REFS, REVOCATION_REFS, CERTIFICATE_VALUES, REVOCATION_VALUES, ESC_TIME_STAMP], Level.XLT1),
            ([TIME_STAMP, CERTIFICATE_VALUES, REVOCATION_VALUES], Level.LT),
            ([TIME_STAMP, ARCHIVE_V3], Level.A),
            ([attribute(oids.ARCHIVE_TIME_STAMP_V2, TOKEN)], Level.A),
        ],
    )
    def test_it_is_the_highest_whose_parts_are_there(self, unsigned, expected):
        assert cades.level_of(*read(*unsigned)) is expected

    def test_baseline_lt_keeps_revocation_data_in_the_container(self):
        assert cades.level_of(*read(TIME_STAMP, lists=(CRL,))) is Level.LT
        assert cades.level_of(*read(lists=(CRL,))) is Level.BES

    def test_without_a_signing_certificate_it_is_plain_cms(self):
        assert cades.level_of(*read(TIME_STAMP, attributes=[content_type(), message_digest()])) is Level.NONE

    def test_the_vectors_have_the_documented_levels(self):
        demo, standard = (parse_signed_data(data) for data in (vector("demo/doc.sig"), vector_der("tc26_cms/signed_a111.pem")))

        assert cades.level_of(demo, demo.signers[0]) is Level.BES
        assert cades.level_of(standard, standard.signers[0]) is Level.NONE


class TestEvidence:
    def test_everything_is_taken_out(self):
        content_time_stamp = attribute(oids.CONTENT_TIME_STAMP, TOKEN)
        _, signer = read(
            TIME_STAMP,
            CERTIFICATE_REFS,
            REVOCATION_REFS,
            CERTIFICATE_VALUES,
            REVOCATION_VALUES,
            ESC_TIME_STAMP,
            ARCHIVE_V3,
            attributes=[*usual_attributes(), content_time_stamp],
        )

        found = cades.evidence_of(signer)

        assert found.content_time_stamps == found.signature_time_stamps == found.esc_time_stamps == found.archive_time_stamps == (TOKEN,)
        assert found.certificate_refs == (Reference(oids.STREEBOG_256, b"c" * 32), Reference(oids.SHA_1, b"o" * 20))
        assert found.revocation_refs == (Reference(oids.SHA_256, b"l" * 32), Reference(oids.SHA_256, b"r" * 32))
        assert found.certificates == (CERTIFICATE,)
        assert found.crls == (CRL,)
        assert found.basic_ocsp_responses == (RESPONSE,)

    def test_a_signature_without_evidence_has_none(self):
        found = cades.evidence_of(read()[1])

        assert found == cades.Evidence((), (), (), (), (), (), (), (), ())

    def test_other_forms_of_revocation_data_are_passed_over(self):
        other = writer.context(2, writer.sequence(writer.oid("1.2.3"), writer.null()))
        _, signer = read(attribute(oids.REVOCATION_VALUES, writer.sequence(other)), attribute(oids.REVOCATION_REFS, writer.sequence(writer.sequence(other))))

        assert cades.evidence_of(signer).crls == ()
        assert cades.evidence_of(signer).revocation_refs == ()

    @pytest.mark.parametrize("oid", [oids.CERTIFICATE_REFS, oids.REVOCATION_REFS, oids.CERTIFICATE_VALUES, oids.REVOCATION_VALUES])
    def test_evidence_of_another_shape_is_refused(self, oid):
        for value in (writer.null(), writer.sequence(writer.null()), writer.sequence(writer.context(0, writer.null()))):
            assert refusal(cades.evidence_of, read(attribute(oid, value))[1]) == "FC_ENCODING"

    def test_its_amount_is_limited(self):
        values = attribute(oids.CERTIFICATE_VALUES, writer.sequence(*[CERTIFICATE] * 65))
        refs = attribute(oids.CERTIFICATE_REFS, writer.sequence(*[writer.sequence(writer.octets(bytes(20)))] * 257))

        assert refusal(cades.evidence_of, read(values)[1]) == "FC_LIMITS"
        assert refusal(cades.evidence_of, read(refs)[1]) == "FC_LIMITS"


class TestEscTimeStampInput:
    def test_it_is_the_signature_with_attributes_without_their_headers(self):
        _, signer = read(TIME_STAMP, CERTIFICATE_REFS, REVOCATION_REFS, CERTIFICATE_VALUES)
        refs = writer.sequence(
            writer.sequence(writer.sequence(algorithm(oids.STREEBOG_256), writer.octets(b"c" * 32))),
            writer.sequence(writer.octets(b"o" * 20)),
        )

        covered = cades.esc_time_stamp_input(signer)

        time_stamp = writer.oid(oids.SIGNATURE_TIME_STAMP) + writer.set_of(TOKEN)
        assert covered.startswith(signer.signature + time_stamp + writer.oid(oids.CERTIFICATE_REFS) + writer.set_of(refs) + writer.oid(oids.REVOCATION_REFS))
        assert CERTIFICATE not in covered
