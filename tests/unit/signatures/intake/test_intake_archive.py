"""ZIP archives with documents and signatures, and the bombs of UP-04."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.intake import Archive, ArchivePair
from signatures.core.intake import archive as limits
from tests.factories.containers import vector
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome, refusal

DOCUMENT, SIGNATURE = vector("demo/doc.txt"), vector("demo/doc.sig")


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    found.seek(0)
    return found


def pairs(*names: str) -> set[tuple[str, str]]:
    """Pack empty documents and signatures, whatever their names are: a signature has `sig` or `p7` in its name."""
    files = [(name, SIGNATURE if "sig" in name.lower() or "p7" in name else DOCUMENT) for name in names]
    return {(one.signature, one.document) for one in Archive(packed(*files)).pairs()}


class TestPairs:
    def test_a_signature_and_its_document_are_found(self):
        archive = Archive(packed(("doc.txt", DOCUMENT), ("doc.sig", SIGNATURE)))

        assert archive.names == ("doc.txt", "doc.sig")
        assert archive.pairs() == (ArchivePair("doc.sig", "doc.txt"),)
        assert archive.read("doc.sig") == SIGNATURE
        assert b"".join(archive.chunks("doc.txt")) == DOCUMENT

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["a.pdf", "a.pdf.sig", "b.pdf", "b.sig"], {("a.pdf.sig", "a.pdf"), ("b.sig", "b.pdf")}),
            (["a.pdf", "a.txt", "a.pdf.sig"], {("a.pdf.sig", "a.pdf")}),
            (["a.pdf", "a.txt", "a.sig"], {("a.sig", "")}),
            (["a.pdf", "b.pdf", "c.sig"], {("c.sig", "")}),
            (["x.pdf", "y.p7s"], {("y.p7s", "x.pdf")}),
            (["A.PDF", "a.pdf.sig", "other"], {("a.pdf.sig", "A.PDF")}),
            (["one/a.pdf", "two/a.pdf", "one/a.pdf.sig"], {("one/a.pdf.sig", "one/a.pdf")}),
            (["a.pdf", "a.pdf.sig", "a.pdf.p7s"], {("a.pdf.sig", "a.pdf"), ("a.pdf.p7s", "a.pdf")}),
            (["a.p7m"], {("a.p7m", "")}),
        ],
    )
    def test_names_decide_which_document_belongs_to_a_signature(self, names, expected):
        assert pairs(*names) == expected

    def test_content_decides_what_a_signature_is(self):
        archive = Archive(packed(("doc.sig", DOCUMENT), ("doc.txt", SIGNATURE)))

        assert archive.pairs() == (ArchivePair("doc.txt", "doc.sig"),)

    def test_a_signature_in_text_with_noise_is_still_meant_as_one(self):
        noisy = vector("tc26_cms/signed_a111.pem") + b"bye"

        assert Archive(packed(("a.pem", noisy), ("b", DOCUMENT))).pairs() == (ArchivePair("a.pem", "b"),)

    @pytest.mark.parametrize("files", [[], [("a.txt", DOCUMENT)], [("a.zip", packed(("doc.sig", SIGNATURE)).getvalue())]])
    def test_an_archive_without_a_signature_is_no_signature(self, files):
        """UP-04: an archive inside of an archive is not opened."""
        assert refusal(Archive(packed(*files)).pairs) == "FC_NOT_A_SIGNATURE"

    def test_folders_are_not_files(self):
        assert Archive(packed(("folder/", b""), ("folder/doc.sig", SIGNATURE))).names == ("folder/doc.sig",)


class TestUp04Bombs:
    def test_up_04_more_than_a_thousand_files(self):
        assert refusal(Archive, packed(*((str(number), b"") for number in range(limits.MAX_FILES + 1)))) == "FC_LIMITS"

    def test_up_04_a_ratio_over_a_hundred(self):
        assert refusal(Archive, packed(("bomb", bytes(5 * 1024 * 1024)))) == "FC_LIMITS"

    def test_up_04_a_small_file_may_pack_well(self):
        assert Archive(packed(("small", bytes(100_000)))).read("small") == bytes(100_000)

    def test_up_04_more_than_200_megabytes_unpacked(self):
        data = bytearray(packed(("a", b"a"), ("b", b"b"), method=zipfile.ZIP_STORED).getvalue())
        at = data.index(b"PK\x01\x02")
        data[at + 20 : at + 28] = struct.pack("<II", limits.MAX_UNPACKED_BYTES, limits.MAX_UNPACKED_BYTES)

        assert refusal(Archive, io.BytesIO(bytes(data))) == "FC_LIMITS"

    def test_up_04_a_file_that_is_longer_than_it_promises(self):
        data = bytearray(packed(("doc.sig", bytes(range(256)) * 40), method=zipfile.ZIP_DEFLATED).getvalue())
        at = data.index(b"PK\x01\x02")
        data[at + 24 : at + 28] = struct.pack("<I", 100)

        assert refusal(Archive(io.BytesIO(bytes(data))).read, "doc.sig") == "FC_NOT_A_SIGNATURE"

    @pytest.mark.parametrize("name", ["../doc.sig", "a/../../doc.sig", "/etc/passwd", "..\\doc.sig", "C:\\doc.sig", "c:doc.sig", "a" * 513, "\\\\host\\doc"])
    def test_up_04_a_path_out_of_the_archive(self, name):
        assert refusal(Archive, packed((name, SIGNATURE))) == "FC_LIMITS"

    def test_up_04_a_name_with_a_zero(self):
        data = packed(("docXsig", SIGNATURE)).getvalue().replace(b"docXsig", b"doc\0sig")

        assert refusal(Archive, io.BytesIO(data)) == "FC_LIMITS"

    def test_up_04_a_link(self):
        link = zipfile.ZipInfo("doc.sig")
        link.external_attr = 0o120777 << 16

        assert refusal(Archive, packed((link, b"/etc/passwd"))) == "FC_LIMITS"

    def test_up_04_two_files_of_one_name(self):
        data = packed(("doc.sig", SIGNATURE), ("doc.siX", SIGNATURE)).getvalue().replace(b"doc.siX", b"doc.sig")

        assert refusal(Archive, io.BytesIO(data)) == "FC_ENCODING"

    def test_up_04_an_encrypted_file(self):
        data = bytearray(packed(("doc.sig", SIGNATURE)).getvalue())
        data[data.index(b"PK\x01\x02") + 8] |= 1

        assert refusal(Archive, io.BytesIO(bytes(data))) == "FC_NOT_A_SIGNATURE"

    def test_up_04_a_method_that_is_not_read(self):
        assert refusal(Archive, packed(("doc.sig", SIGNATURE), method=zipfile.ZIP_BZIP2)) == "FC_NOT_A_SIGNATURE"

    def test_up_04_a_signature_file_over_48_megabytes_is_not_read_into_memory(self):
        archive = Archive(packed(("doc.sig", SIGNATURE)))

        assert refusal(archive.read, "doc.sig", 100) == "FC_LIMITS"


class TestDamaged:
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(17), bytes(100)])
    def test_what_is_no_archive_is_refused(self, data):
        assert refusal(Archive, io.BytesIO(data)) == "FC_NOT_A_SIGNATURE"

    def test_a_damaged_file_is_refused(self):
        data = bytearray(packed(("doc.sig", SIGNATURE), method=zipfile.ZIP_STORED).getvalue())
        data[200] ^= 1

        assert refusal(Archive(io.BytesIO(bytes(data))).read, "doc.sig") == "FC_NOT_A_SIGNATURE"

    @fuzz
    @given(st.integers(min_value=0), st.binary(min_size=1, max_size=6))
    def test_changed_archives_are_read_or_refused(self, place, patch):
        data = bytearray(packed(("doc.txt", DOCUMENT), ("doc.sig", SIGNATURE)).getvalue())
        place %= len(data)
        data[place : place + len(patch)] = patch

        def read() -> None:
            archive = Archive(io.BytesIO(bytes(data)))
            archive.pairs()
            for name in archive.names:
                archive.read(name)

        outcome(read)
