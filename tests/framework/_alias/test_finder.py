"""What the name `fastapi` finds, each time in a process of its own."""

import pytest

from .conftest import Run


class TestSubmodules:
    def test_are_those_of_the_package(self, run: Run) -> None:
        """Every public module of ours has its alias, with the same names in it."""
        output = run(
            """
            import importlib, pkgutil, types, warnings
            import kingpost
            kingpost.install_as_fastapi()
            warnings.simplefilter("ignore")
            for info in pkgutil.walk_packages(kingpost.__path__, "kingpost."):
                if "._" in info.name:
                    continue
                ours = importlib.import_module(info.name)
                alias = importlib.import_module(info.name.replace("kingpost", "fastapi", 1))
                for name in getattr(ours, "__all__", ()):
                    named_alike = "Kingpost" not in name and name not in ("logger", "main")
                    if named_alike and not isinstance(getattr(ours, name), types.ModuleType):
                        assert getattr(alias, name) is getattr(ours, name), (info.name, name)
                print(alias.__name__)
            """
        )

        assert {"fastapi.routing", "fastapi.openapi.utils"} <= set(output.split())

    @pytest.mark.parametrize("name", ["fastapi._serve", "fastapi._form_limits", "fastapi.nothing"])
    def test_are_not_looked_for_elsewhere(self, run: Run, name: str) -> None:
        """The installed peer has `_form_limits`; half of it would not do."""
        output = run(
            f"""
            from kingpost import install_as_fastapi
            install_as_fastapi()
            try:
                import {name}
            except ModuleNotFoundError as exc:
                print(exc)
            """
        )

        assert output == f"No module named '{name}'"

    def test_are_where_their_classes_say_that_they_are(self, run: Run) -> None:
        """A traceback, a log and a pickle name the class as code that imports it does."""
        output = run(
            """
            import pickle
            from kingpost import install_as_fastapi
            install_as_fastapi()
            from fastapi import APIRouter, BackgroundTasks, HTTPException, UploadFile, params
            from fastapi.dependencies.models import Dependant
            from fastapi.exceptions import RequestValidationError
            from fastapi.routing import APIRoute
            from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2, OpenIdConnect
            classes = [
                APIRouter, APIRoute, BackgroundTasks, Dependant, HTTPException, UploadFile,
                RequestValidationError, APIKeyHeader, HTTPBearer, OAuth2, OpenIdConnect,
                params.Query, params.Depends,
            ]
            assert all(pickle.loads(pickle.dumps(cls)) is cls for cls in classes)
            print(*(cls.__module__.removeprefix("fastapi.") for cls in classes))
            """
        )

        assert output.split() == [
            *("routing", "routing", "background", "dependencies.models", "exceptions"),
            *("datastructures", "exceptions", "security.api_key", "security.http"),
            *("security.oauth2", "security.open_id_connect_url", "params", "params"),
        ]

    def test_leave_others_alone(self, run: Run) -> None:
        """A package whose name begins alike is found where it is."""
        output = run(
            """
            import pathlib, sys
            pathlib.Path("fastapi_other.py").write_text("value = 1")
            sys.path.insert(0, ".")
            from kingpost import install_as_fastapi
            install_as_fastapi()
            import fastapi_other, importlib.metadata
            print(fastapi_other.value, importlib.metadata.version("starlette").count("."))
            """
        )

        assert output == "1 2"

    def test_hold_what_editors_import_from_them(self, run: Run) -> None:
        """A name of the standard library or Pydantic, but not in the package itself."""
        output = run(
            """
            import kingpost
            kingpost.install_as_fastapi()
            import fastapi
            from fastapi.encoders import BaseModel
            from fastapi.params import Annotated, Sequence
            print(BaseModel.__module__, Sequence.__module__, hasattr(fastapi, "BaseModel"))
            """
        )

        assert output == "pydantic.main collections.abc False"

    def test_show_what_is_added_later(self, run: Run) -> None:
        """A name that our module gets, and a name it does not have, are as expected."""
        output = run(
            """
            import kingpost.types
            kingpost.install_as_fastapi()
            import fastapi.types
            kingpost.types.added = 1
            print(fastapi.types.added)
            try:
                fastapi.types.missing
            except AttributeError as exc:
                print(exc)
            """
        )

        assert output.splitlines() == ["1", "module 'fastapi.types' has no attribute 'missing'"]
