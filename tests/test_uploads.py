"""Whoever takes files takes whole ones: every door for them lets in more than other bodies may be."""

from fastapi import FastAPI

from app.main import UPLOADS


def test_every_door_for_files_lets_a_whole_file_in(app: FastAPI) -> None:
    takes = {
        path
        for path, operations in app.openapi()["paths"].items()
        for one in operations.values()
        if "multipart/form-data" in one.get("requestBody", {}).get("content", {})
    }
    assert "/v1/attachments" in takes
    assert sorted(path for path in takes if not path.startswith(tuple(UPLOADS))) == []
    # And none is named where no file is taken any more.
    assert [prefix for prefix in UPLOADS if not any(path.startswith(prefix) for path in takes)] == []
