import hashlib
import json
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from signatures.core.acceptance import Moment, digest_reasons
from signatures.core.asn1 import oids
from signatures.core.certificates import KeyKind
from signatures.core.policy import SHIPPED, Demand, PolicyBroken, PolicyUnknown, load_policy, read_policy
from signatures.core.trust import Standing
from signatures.core.verdict import SubIndication


def file_of(name: str) -> bytes:
    return resources.files("signatures.core.policy").joinpath(f"{name}.json").read_bytes()


def changed(**changes: object) -> bytes:
    return json.dumps({**json.loads(file_of("stand")), **changes}).encode()


class TestShippedPolicies:
    @pytest.mark.parametrize("name", SHIPPED)
    def test_carry_their_name_version_and_hash(self, name: str):
        ref = load_policy(name).ref

        assert (ref.name, ref.version) == (name, "1.0.0")
        assert ref.sha256 == hashlib.sha256(file_of(name)).hexdigest()

    @pytest.mark.parametrize("name", SHIPPED)
    def test_know_no_weak_digest_and_no_short_key(self, name: str):
        policy = load_policy(name)

        assert not {oids.MD5, oids.SHA_1, oids.SHA_224} & policy.digests.keys()
        assert policy.keys[KeyKind.RSA].min_bits == 2048
        assert policy.keys[KeyKind.EC].min_bits == 256
        assert KeyKind.OTHER not in policy.keys

    @pytest.mark.parametrize("name", SHIPPED)
    def test_refuse_the_curves_of_the_examples(self, name: str):
        policy = load_policy(name)

        assert policy.test_curves == {"1.2.643.2.2.35.0", "1.2.643.7.1.2.1.2.0"}
        assert all(not policy.test_curves & rule.curves for rule in policy.keys.values())

    @pytest.mark.parametrize("name", SHIPPED)
    def test_ask_for_revocation_and_allow_a_minute_between_clocks(self, name: str):
        policy = load_policy(name)

        assert (policy.revocation, policy.clock_tolerance, policy.chain_limit) == (Demand.REQUIRED, timedelta(seconds=60), 10)

    def test_differ_in_whom_they_trust(self):
        standings = {name: load_policy(name).standings for name in SHIPPED}

        assert standings["stand"] == {Standing.TEST, Standing.GIVEN}
        assert Standing.TEST not in standings["kep-ru"] | standings["unep"]
        assert Standing.LISTED not in standings["kep-ru"]

    def test_differ_in_what_they_ask_for(self):
        stand, unep = load_policy("stand"), load_policy("unep")

        assert (stand.qualified_marks, stand.signing_certificate, stand.profile_795) == (Demand.REQUIRED, Demand.REQUIRED, Demand.WARNED)
        assert (unep.qualified_marks, unep.signing_certificate, unep.profile_795) == (Demand.WARNED, Demand.WARNED, Demand.OFF)

    def test_let_old_gost_count_only_with_a_proof_of_its_time(self):
        policy = load_policy("kep-ru")
        in_time, late = datetime(2018, 12, 31, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)

        assert digest_reasons(policy, oids.GOST_94, Moment(in_time, proven=True)) == ()
        for moment in (Moment(in_time, proven=False), Moment(late, proven=True)):
            (found,) = digest_reasons(policy, oids.GOST_94, moment)
            assert (found.id, found.sub_indication) == ("SAV_OLD_GOST", SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE)

    def test_never_let_old_gost_count_on_the_stand(self):
        (found,) = digest_reasons(load_policy("stand"), oids.GOST_94, Moment(datetime(2018, 1, 1, tzinfo=UTC), proven=True))

        assert found.sub_indication is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


class TestSchema:
    def test_knows_no_other_policy(self):
        with pytest.raises(PolicyUnknown):
            load_policy("../stand")

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff",
            b"[]",
            b"{}",
            changed(schema=2),
            changed(schema=True),
            changed(extra=1),
            changed(version=1),
            changed(encoding="pem"),
            changed(revocation="sometimes"),
            changed(anchors=["friends"]),
            changed(anchors=["test", "test"]),
            changed(anchors=[1]),
            changed(chain_limit=None),
            changed(clock_tolerance_seconds=True),
            changed(digests=[{"oid": "1.2.3"}]),
            changed(digests=["1.2.3"]),
            changed(digests=[{"oid": "1.2.3", "title": "x", "until": "2018-12-31T00:00:00"}]),
            changed(digests=[{"oid": "1.2.3", "title": "x", "until": "yesterday"}]),
            changed(keys=[{"kind": "dsa", "min_bits": 1, "curves": []}]),
        ],
    )
    def test_refuses_a_file_that_does_not_fit(self, content: bytes):
        with pytest.raises(PolicyBroken):
            read_policy(content)

    def test_reads_a_file_of_an_operator(self):
        assert read_policy(changed(name="own", chain_limit=3)).chain_limit == 3
