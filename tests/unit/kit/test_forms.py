import re

import pytest
from django import forms


class SampleForm(forms.Form):
    login = forms.CharField(label="Логин", help_text="СНИЛС с 000", widget=forms.TextInput(attrs={"class": "input--code", "spellcheck": "false"}))
    note = forms.CharField(label="Примечание", required=False, widget=forms.Textarea)
    role = forms.ChoiceField(label="Роль", choices=[("d", "Врач"), ("h", "Отдел кадров")])
    way = forms.ChoiceField(label="Способ", help_text="Один из двух", choices=[("s", "SMS"), ("t", "Приложение")], widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(label="Сведения", choices=[("a", "Почта"), ("b", "Телефон")], widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Согласие", help_text="На год")
    step = forms.CharField(widget=forms.HiddenInput, initial="1")

    def clean(self):
        raise forms.ValidationError("Логин и пароль не подходят друг другу")


@pytest.fixture
def fresh() -> str:
    return str(SampleForm())


@pytest.fixture
def refused() -> str:
    return str(SampleForm({"login": "", "note": "а", "role": "x", "way": "", "step": "1"}))


def tag(html: str, control_id: str) -> str:
    found = re.search(rf'<[a-z]+\b[^>]*\bid="{control_id}"[^>]*>', html)
    assert found, control_id
    return found[0]


class TestAFreshForm:
    def test_has_no_summary_of_errors(self, fresh):
        assert "errors-title" not in fresh
        assert "aria-invalid" not in fresh

    def test_ties_the_label_and_the_hint_to_the_field(self, fresh):
        assert '<label for="id_login">Логин</label>' in fresh
        assert 'aria-describedby="id_login_helptext"' in tag(fresh, "id_login")
        assert 'id="id_login_helptext">СНИЛС с\u00a0000<' in fresh

    def test_gives_controls_the_class_of_the_kit_and_keeps_their_own(self, fresh):
        assert 'class="input input--code"' in tag(fresh, "id_login")
        assert 'spellcheck="false"' in tag(fresh, "id_login")
        assert 'class="input"' in tag(fresh, "id_note")
        assert 'class="input"' in tag(fresh, "id_role")

    def test_says_which_field_may_stay_empty(self, fresh):
        assert fresh.count("(необязательно)") == 1

    def test_frames_a_group_of_choices_with_its_question(self, fresh):
        assert '<fieldset class="field" aria-describedby="id_way_helptext">' in fresh
        assert '<legend class="label">Способ</legend>' in fresh
        assert '<label class="check" for="id_way_0">' in fresh
        assert '<label class="check" for="id_scopes_1">' in fresh

    def test_puts_a_lone_box_before_its_words(self, fresh):
        assert re.search(r'<label class="check" for="id_agreed">\s*<input type="checkbox"[^>]*>\s*<span>Согласие', fresh)

    def test_draws_a_hidden_field_once_and_without_a_label(self, fresh):
        assert fresh.count('name="step"') == 1
        assert 'for="id_step"' not in fresh

    def test_has_no_id_twice(self, fresh):
        ids = re.findall(r'\bid="([^"]+)"', fresh)

        assert sorted(ids) == sorted(set(ids))


class TestARefusedForm:
    def test_opens_with_a_summary_that_takes_the_focus(self, refused):
        assert re.search(r'<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">', refused)

    @pytest.mark.parametrize("target", ["id_login", "id_role", "id_way_0", "id_scopes_0", "id_agreed"])
    def test_leads_from_the_summary_to_a_control_that_exists(self, refused, target):
        assert f'<a href="#{target}">' in refused
        assert tag(refused, target)

    def test_shows_what_concerns_the_whole_form_in_the_summary(self, refused):
        assert "<li>Логин и\u00a0пароль не\u00a0подходят друг другу</li>" in refused

    def test_marks_the_field_and_names_its_message(self, refused):
        login = tag(refused, "id_login")

        assert 'aria-invalid="true"' in login
        assert 'aria-describedby="id_login_helptext id_login_error"' in login
        assert 'id="id_login_error"' in refused

    def test_puts_the_message_above_the_field(self, refused):
        assert refused.index('id="id_login_error"') < refused.index('name="login"')

    def test_keeps_what_was_typed(self, refused):
        assert re.search(r"<textarea[^>]*>\s*а</textarea>", refused)

    def test_escapes_what_was_typed(self):
        html = str(SampleForm({"login": '"><script>alert(1)</script>', "role": "<b>"}))

        assert "<script>" not in html
        assert "<b>" not in html

    def test_has_no_id_twice(self, refused):
        ids = re.findall(r'\bid="([^"]+)"', refused)

        assert sorted(ids) == sorted(set(ids))
