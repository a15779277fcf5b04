
from frmr_portal.session.models import Account


class TestSignIn:
    def test_c6_the_first_sign_in_makes_the_account_without_a_form(self, esia, visitor):
        response = visitor.sign_in()

        assert response.status_code == 302
        assert response["Location"] == "/"
        account = Account.objects.get()
        assert (account.oid, account.full_name, account.snils) == (1_000_900_001, "Тестова Анна Сергеевна", "000-000-600 01")
        assert visitor.client.get("/").context["me"].account_id == account.pk
