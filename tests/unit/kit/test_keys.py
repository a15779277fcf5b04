import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256

from frmr_portal.base.kit import keys

NAME = "Стенд ФРМР (ТЕСТ)"


def make(folder, now, name=NAME):
    key_file, certificate_file = folder / "pair.key", folder / "pair.crt"
    keys.make_key_pair(key_file, certificate_file, common_name=name, now=now)
    return key_file, certificate_file


class TestMakeKeyPair:
    def test_the_certificate_belongs_to_the_key(self, tmp_path, now):
        key_file, certificate_file = make(tmp_path, now)

        signature = keys.read_private_key(key_file).sign(b"text", padding.PKCS1v15(), SHA256())
        keys.read_certificate(certificate_file).public_key().verify(signature, b"text", padding.PKCS1v15(), SHA256())

    def test_EM_10_the_name_says_test(self, tmp_path, now):
        certificate = keys.read_certificate(make(tmp_path, now)[1])

        assert "ТЕСТ" in certificate.subject.rfc4514_string()
        assert certificate.issuer == certificate.subject

    def test_EM_10_refuses_a_name_without_the_mark(self, tmp_path, now):
        with pytest.raises(keys.CertificateNotMarked):
            make(tmp_path, now, "Real Authority")

        assert list(tmp_path.iterdir()) == []

    def test_only_the_owner_reads_the_key(self, tmp_path, now):
        assert stat.S_IMODE(make(tmp_path, now)[0].stat().st_mode) == 0o600

    def test_a_second_call_changes_nothing(self, tmp_path, now):
        before = [path.read_bytes() for path in make(tmp_path, now)]

        assert [path.read_bytes() for path in make(tmp_path, now + timedelta(days=1))] == before

    def test_is_valid_from_now_for_years(self, tmp_path, now):
        certificate = keys.read_certificate(make(tmp_path, now)[1])

        assert certificate.not_valid_before_utc < now
        assert certificate.not_valid_after_utc > now + timedelta(days=15 * 30)

    def test_a_late_process_takes_the_key_of_the_winner(self, tmp_path, now):
        key_file, certificate_file = make(tmp_path, now)
        certificate_file.unlink()

        make(tmp_path, now)

        assert keys.read_certificate(certificate_file).public_key() == keys.read_private_key(key_file).public_key()


class TestRead:
    @pytest.mark.parametrize("read", [keys.read_private_key, keys.read_certificate])
    def test_names_a_missing_file(self, tmp_path, read):
        with pytest.raises(keys.KeyNotUsable, match="absent"):
            read(tmp_path / "absent.pem")

    @pytest.mark.parametrize("read", [keys.read_private_key, keys.read_certificate])
    def test_refuses_garbage(self, tmp_path, read):
        (tmp_path / "garbage.pem").write_text("not a key")

        with pytest.raises(keys.KeyNotUsable):
            read(tmp_path / "garbage.pem")

    def test_parallel_readers_get_the_same_key(self, tmp_path, now):
        key_file, _ = make(tmp_path, now)

        with ThreadPoolExecutor(4) as pool:
            numbers = {key.private_numbers().p for key in pool.map(keys.read_private_key, [key_file] * 8)}

        assert len(numbers) == 1
