"""The examples of the documentation do what they say. Those of Spark are in test_spark.py."""

import doctest
import importlib
import pathlib

import pytest

pa = pytest.importorskip("pyarrow")

PACKAGE = pathlib.Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "name",
    ["consent_string", "consent_string._decisions", "consent_string.arrow", "consent_string.duckdb", "consent_string.datafusion", "consent_string.polars"],
)
def test_docstrings(name):
    module = importlib.import_module(name)
    failed, tried = doctest.testmod(module, extraglobs={"pa": pa})
    assert failed == 0 and tried > 2


def test_every_function_has_a_docstring():
    for name in ["consent_string", "consent_string.arrow", "consent_string.polars"]:
        module = importlib.import_module(name)
        for public in module.__all__:
            assert public == "__version__" or getattr(module, public).__doc__, public


def test_readme(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PACKAGE / "README.md"), module_relative=False)
    assert failed == 0 and tried > 10
