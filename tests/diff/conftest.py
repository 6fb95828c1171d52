"""Programs from text, as the tests of the model have them."""

from tiercel.tests.model.conftest import meant  # noqa: F401  (a fixture)
