"""The typed table of settings."""

import pytest
from environs import Env

from frmr_portal import env


@pytest.fixture
def values(monkeypatch):
    """Settings with exactly these variables: `values(PORT="1")`."""

    def given(**variables: str) -> env.Values:
        for row in env.TABLE:
            monkeypatch.delenv(row.name, raising=False)
            monkeypatch.delenv(f"{row.name}_FILE", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return env.Values(Env())

    return given


class TestExample:
    def test_the_committed_file_is_what_the_table_says(self):
        assert (env.BASE_DIR / ".env.example").read_text(encoding="utf-8") == env.example(), "run: manage.py env_example"

    def test_every_row_is_in_it_and_no_secret_has_a_value(self):
        lines = env.example().splitlines()

        for row in env.TABLE:
            assert f"# {row.name}={row.default}" in lines
            assert not (row.secret and row.default)
            assert row.about


class TestValues:
    def test_an_absent_or_empty_variable_means_the_default(self, values):
        assert values().number("PORT") == 8000
        assert values(PORT="").number("PORT") == 8000
        assert values(PORT=" 8010 ").number("PORT") == 8010

    @pytest.mark.parametrize(("text", "expected"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False), ("", False)])
    def test_a_flag_is_one_of_few_words(self, values, text, expected):
        assert values(STAND_ALLOW_REMOTE=text).flag("STAND_ALLOW_REMOTE") is expected

    def test_a_flag_without_default_is_derived(self, values):
        assert values().flag("ESIA_MOCK", derived=True) is True
        assert values(ESIA_MOCK="0").flag("ESIA_MOCK", derived=True) is False

    def test_a_list_has_no_empty_items(self, values):
        assert values(ALLOWED_HOSTS=" a.test, ,b.test,").items("ALLOWED_HOSTS") == ["a.test", "b.test"]

    def test_a_relative_folder_belongs_to_the_project(self, values, tmp_path):
        assert values(DATA_DIR="var2").folder("DATA_DIR") == env.BASE_DIR / "var2"
        assert values(DATA_DIR=str(tmp_path)).folder("DATA_DIR") == tmp_path

    def test_a_value_may_stand_in_a_file(self, values, tmp_path):
        (tmp_path / "password").write_text("from a file\n", encoding="utf-8")

        found = values(DATABASE_PASSWORD_FILE=str(tmp_path / "password"))

        assert found.text("DATABASE_PASSWORD") == "from a file"

    def test_a_name_that_is_not_in_the_table_is_an_error(self, values):
        with pytest.raises(KeyError):
            values().text("UNHEARD_OF")


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "password", "expected"),
        [
            ("redis://redis:6379/0", "p:w/1", "redis://:p%3Aw%2F1@redis:6379/0"),
            ("redis://user@redis/0", "secret", "redis://user:secret@redis/0"),
            ("redis://:own@redis/0", "secret", "redis://:own@redis/0"),
            ("redis://redis/0", "", "redis://redis/0"),
            ("", "secret", ""),
        ],
    )
    def test_a_password_kept_apart_is_put_in_its_place(self, values, address, password, expected):
        found = values(BROKER_URL=address, BROKER_PASSWORD=password)

        assert found.address("BROKER_URL", completed_by="BROKER_PASSWORD") == expected


class TestMadeOnce:
    def test_the_first_text_stays(self, tmp_path):
        path = tmp_path / "secrets" / "one"

        assert env.made_once(path, lambda: "first") == "first"
        assert env.made_once(path, lambda: "second") == "first"

    def test_only_its_owner_reads_it(self, tmp_path):
        path = tmp_path / "secrets" / "one"
        env.made_once(path, lambda: "secret")

        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
        assert [entry.name for entry in path.parent.iterdir()] == ["one"]

    def test_a_required_secret_is_never_made(self, values, tmp_path):
        with pytest.raises(env.SettingMissing, match="SECRET_KEY"):
            values().secret("SECRET_KEY", stored_in=tmp_path / "key", required=True)
        assert not (tmp_path / "key").exists()
