"""A panic becomes an exception; needs the package built with the feature `deliberate-panic`."""

import os

import pytest
from conftest import TC

from consent_string import InternalError, _native

if not hasattr(_native, "panic_in_call") and not os.environ.get("PANICS_REQUIRED"):
    pytest.skip("built without the feature deliberate-panic", allow_module_level=True)


def test_a_panic_in_a_call_is_an_exception_that_shows_no_data(capfd):
    with pytest.raises(InternalError, match=r"a bug in consent_string: panic at .*border\.rs:\d+") as caught:
        _native.panic_in_call("a secret")
    assert isinstance(caught.value, RuntimeError)
    assert "secret" not in str(caught.value)
    assert "secret" not in "".join(capfd.readouterr())


def test_a_panic_in_a_batch_is_an_exception_and_the_next_batch_goes_on():
    pa = pytest.importorskip("pyarrow")
    from consent_string import arrow

    for column in [pa.array([TC] * 3), pa.chunked_array([[TC], [TC]])]:
        with pytest.raises(InternalError):
            _native.panic_in_batch(column)
        assert arrow.tcf_has_vendor_consent(column, 7).to_pylist() == [True] * len(column)
