"""The file store: named by content, atomic, and closed to any other path."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from db.errors import ContentTooLarge, FileMissing, FilesNotWritable
from db.files import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


def test_content_is_named_by_its_sha256(store: FileStore) -> None:
    assert store.put("扫描件".encode()) == hashlib.sha256("扫描件".encode()).hexdigest()


def test_content_comes_back_as_it_went_in(store: FileStore) -> None:
    with store.open(store.put(BytesIO(b"x" * 3_000_000))) as file:
        assert file.read() == b"x" * 3_000_000


def test_the_same_content_is_kept_once(store: FileStore) -> None:
    assert store.put(b"scan") == store.put(b"scan")
    assert len(list(store.names())) == 1


def test_content_above_the_limit_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(ContentTooLarge):
        store.put(BytesIO(b"x" * 11), limit=10)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_reader_that_fails_midway_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 0:
                raise ConnectionError
            return super().read(5)

    with pytest.raises(FilesNotWritable):
        store.put(Broken(b"x" * 50))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_changed_content_no_longer_verifies(store: FileStore, tmp_path: Path) -> None:
    sha256 = store.put(b"scan")
    (tmp_path / "files" / sha256[:2] / sha256).write_bytes(b"scam")
    assert not store.verify(sha256)


def test_storing_it_again_heals_damaged_content(store: FileStore, tmp_path: Path) -> None:
    sha256 = store.put(b"scan")
    (tmp_path / "files" / sha256[:2] / sha256).write_bytes(b"scam")
    store.put(b"scan")
    assert store.verify(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "0" * 63 + "G", "0" * 64 + "\n"])
def test_no_other_path_can_be_opened(store: FileStore, name: str) -> None:
    with pytest.raises(FileMissing):
        store.open(name)


def test_a_store_that_is_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("")
    with pytest.raises(FilesNotWritable):
        FileStore(str(tmp_path / "files")).put(b"scan")


def test_any_fsspec_store_serves() -> None:
    store = FileStore("memory://tracker-test")
    assert store.verify(store.put(b"scan"))
