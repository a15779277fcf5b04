"""Known answers that a back-end must give before it is used.

Sources: RFC 7091, section 7 (both examples, with their k); RFC 6986, section 10 (both messages). The digests of the empty
message and of the block of ones were computed by two implementations that share no code.
"""

from dataclasses import dataclass
from typing import Final

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import curve_of
from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.interfaces import Arithmetic, Hashes


@dataclass(frozen=True, slots=True)
class SignatureExample:
    """An example of RFC 7091, in the notation of the RFC.

    Attributes:
        name: where it stands.
        curve_oid: its parameter set.
        d: private key.
        e: number of the digest.
        k: number of the signature.
        x: coordinate of the public key.
        y: coordinate of the public key.
        r: half of the signature.
        s: half of the signature.
    """

    name: str
    curve_oid: str
    d: int
    e: int
    k: int
    x: int
    y: int
    r: int
    s: int


@dataclass(frozen=True, slots=True)
class DigestExample:
    """A message with both digests, in natural byte order."""

    name: str
    message: bytes
    digest_256: str
    digest_512: str


SIGNATURES: Final = (
    SignatureExample(
        name="RFC 7091 7.1",
        curve_oid="1.2.643.2.2.35.0",
        d=0x7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28,
        e=0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5,
        k=0x77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3,
        x=0x7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B,
        y=0x26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA,
        r=0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493,
        s=0x01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40,
    ),
    SignatureExample(
        name="RFC 7091 7.2",
        curve_oid="1.2.643.7.1.2.1.2.0",
        d=0x0BA6048AADAE241BA40936D47756D7C93091A0E8514669700EE7508E508B102072E8123B2200A0563322DAD2827E2714A2636B7BFD18AADFC62967821FA18DD4,
        e=0x3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C5917184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C,
        k=0x0359E7F4B1410FEACC570456C6801496946312120B39D019D455986E364F365886748ED7A44B3E794434006011842286212273A6D14CF70EA3AF71BB1AE679F1,
        x=0x115DC5BC96760C7B48598D8AB9E740D4C4A85A65BE33C1815B5C320C854621DD5A515856D13314AF69BC5B924C8B4DDFF75C45415C1D9DD9DD33612CD530EFE1,
        y=0x37C7C90CD40B0F5621DC3AC1B751CFA0E2634FA0503B3D52639F5D7FB72AFD61EA199441D943FFE7F0C70A2759A3CDB84C114E1F9339FDF27F35ECA93677BEEC,
        r=0x2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD35492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36,
        s=0x1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A,
    ),
)
DIGESTS: Final = (
    DigestExample(
        name="RFC 6986 10.1",
        message=b"012345678901234567890123456789012345678901234567890123456789012",
        digest_256="9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500",
        digest_512="1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
    ),
    DigestExample(
        name="RFC 6986 10.2",
        message="Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251"),
        digest_256="9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50",
        digest_512="1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
    ),
    DigestExample(
        name="empty message",
        message=b"",
        digest_256="3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb",
        digest_512="8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a",
    ),
    # the checksum of the blocks overflows 512 bits
    DigestExample(
        name="two blocks of ones",
        message=b"\xff" * 128,
        digest_256="4749bfc37b7ddad7c745dc2da1fb22619f70154c064ae3b6cb34bc2b2c0827c1",
        digest_512="90a161d12ad309498d3fe5d48202d8a4e9c406d6a264aeab258ac5ecc37a7962aaf9587a5abb09b6bb81ec4b3752a3ff5a838ef175be5772056bc5fe54fcfc7e",
    ),
)


def check_arithmetic(arithmetic: Arithmetic, hashes: Hashes) -> None:
    """Reproduce the examples of RFC 7091: public key, signature, verification, refusal.

    Raises:
        BackendUnavailable: an answer is wrong.
        BackendFailed: the library failed.
    """
    gost = Gost(arithmetic, hashes)
    for example in SIGNATURES:
        size = curve_of(example.curve_oid).size
        public = example.x.to_bytes(size, "little") + example.y.to_bytes(size, "little")
        signature = example.s.to_bytes(size) + example.r.to_bytes(size)
        digest = example.e.to_bytes(size, "little")
        other = (example.e ^ 1).to_bytes(size, "little")
        answers = (
            gost.public_of(example.curve_oid, example.d) == public,
            gost.sign(example.curve_oid, example.d, digest, k=example.k) == signature,
            gost.verify(example.curve_oid, public, digest, signature),
            not gost.verify(example.curve_oid, public, other, signature),
        )
        if not all(answers):
            raise BackendUnavailable(f"{arithmetic.name} gives a wrong answer for {example.name}")


def check_hashes(hashes: Hashes) -> None:
    """Reproduce the digests, taken in one piece and in two.

    Raises:
        BackendUnavailable: an answer is wrong.
        BackendFailed: the library failed.
    """
    for example in DIGESTS:
        for bits, expected in ((256, example.digest_256), (512, example.digest_512)):
            whole, pieces = hashes.new(bits), hashes.new(bits)
            whole.update(example.message)
            pieces.update(example.message[:1])
            pieces = pieces.copy()
            pieces.update(example.message[1:])
            if {whole.hexdigest(), pieces.hexdigest()} != {expected}:
                raise BackendUnavailable(f"{hashes.name} gives a wrong Streebog-{bits} of {example.name}")
