from frmr_portal.base.kit.text import check_snils


def test_a_persona_number_is_accepted():
    assert check_snils("000-000-600 06").text == "000-000-600 06"
