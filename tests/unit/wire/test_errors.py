import base64
import re

from gosuslugi_auth.wire import errors, params, scopes


class TestErrors:
    def test_every_code_stands_once(self):
        codes = [error.code for error in (*errors.WIRE_ERRORS, *errors.RESOURCE_ERRORS)]

        assert len(set(codes)) == len(codes)

    def test_codes_have_the_form_of_the_wire(self):
        assert all(re.fullmatch(r"ESIA-0\d{5}", error.code) for error in errors.WIRE_ERRORS)

    def test_every_constant_is_in_the_list(self):
        named = {value for value in vars(errors).values() if isinstance(value, errors.WireError)}

        assert named == set(errors.WIRE_ERRORS)

    def test_descriptions_begin_with_the_code_and_are_ascii(self):
        for error in errors.WIRE_ERRORS:
            assert error.description.startswith(f"{error.code}: ")
            assert error.description.isascii()

    def test_a_missing_parameter_is_named_as_the_real_service_names_it(self):
        expected = "ESIA-007014: The request doesn`t contain the mandatory parameter [client_certificate_hash]."

        assert errors.MANDATORY_ABSENT.naming("client_certificate_hash") == expected


class TestVocabulary:
    def test_the_filter_travels_as_base64(self):
        assert params.CONFIRMED_ONLY == "Y29uZl9hY2M="
        assert base64.b64decode(params.NO_KIDS) == b"acc_not_kid"

    def test_scopes_are_named_once(self):
        names = (*scopes.PERSON_SCOPES, *scopes.ORG_SCOPES)

        assert len(set(names)) == len(names) == len(scopes.KNOWN)
