"""The backup file: what is kept, and that a damaged or foreign file restores nothing."""

import json
import zipfile

import pytest

from selaras.core.errors import CannotRun, Refusal
from selaras.store.archive import DATABASE, MANIFEST, Packer, kept_files, read_manifest, unpack


@pytest.fixture
def packed(tmp_path):
    """A backup of a small folder, with anything as its database."""
    data = tmp_path / "data"
    (data / "evidence" / "A%2EB").mkdir(parents=True)
    (data / "evidence" / "A%2EB" / "abc-foto: satu.jpg").write_bytes(b"gambar")
    (data / "incoming").mkdir()
    (data / "incoming" / "x.xlsx").write_bytes(b"lewat")
    (data / ".draf").write_bytes(b"draf")
    (data / "selaras.sqlite3-wal").write_bytes(b"wal")
    (data / "secret.key").write_text("kunci")
    (tmp_path / "db").write_bytes(b"basis data" * 1000)
    path = tmp_path / "cadangan.zip"
    with zipfile.ZipFile(path, "w") as file:
        packer = Packer(file)
        packer.add_folder(data)
        packer.add(DATABASE["sqlite"], tmp_path / "db")
        packer.add_folder(data)
        packer.finish(made_at="2026-01-01T00:00:00+07:00", vendor="sqlite")
    return path


def changed(path, change):
    """The same backup with `change(name, content)` for each member; None leaves it out."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    other = path.with_name("lain.zip")
    with zipfile.ZipFile(other, "w") as new:
        for name, content in members.items():
            if (fresh := change(name, content)) is not None:
                new.writestr(name, fresh)
    return other


def empty(tmp_path):
    folder = tmp_path / "tujuan"
    folder.mkdir()
    return folder


def test_it_keeps_files_and_key_and_leaves_what_passes(packed):
    names = {member.name for member in read_manifest(packed).members}
    assert names == {"database.sqlite3", "files/secret.key", "files/evidence/A%2EB/abc-foto: satu.jpg"}
    assert read_manifest(packed).has_key


def test_it_unpacks_what_was_packed(packed, tmp_path):
    into = empty(tmp_path)
    unpack(packed, into)
    assert (into / "files/evidence/A%2EB/abc-foto: satu.jpg").read_bytes() == b"gambar"
    assert (into / "files/secret.key").stat().st_mode & 0o777 == 0o600
    assert dict(kept_files(into / "files")).keys() == {"secret.key", "evidence/A%2EB/abc-foto: satu.jpg"}


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content + b"x" if name == "database.sqlite3" else content,
        lambda name, content: content[:-1] if name == "database.sqlite3" else content,
        lambda name, content: None if name == "files/secret.key" else content,
        lambda name, content: b"kunc1" if name == "files/secret.key" else content,
    ],
    ids=["longer", "shorter", "missing", "changed"],
)
def test_a_damaged_file_is_named(packed, tmp_path, change):
    with pytest.raises(Refusal, match="rusak") as caught:
        unpack(changed(packed, change), empty(tmp_path))
    assert len(caught.value.faults) == 1


def test_a_file_that_the_manifest_does_not_name_is_refused(packed, tmp_path):
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr("files/tambahan", b"x")
    with pytest.raises(Refusal, match="rusak"):
        unpack(packed, empty(tmp_path))


def with_manifest(path, **columns):
    def change(name, content):
        return json.dumps(json.loads(content) | columns).encode() if name == MANIFEST else content

    return changed(path, change)


@pytest.mark.parametrize("name", ["../keluar", "/etc/x", "files/../../keluar", "lain", "files/", "files/a\0b"])
def test_no_name_leaves_the_folder(packed, name):
    members = [{"name": "database.sqlite3", "size": 1, "sha256": ""}, {"name": name, "size": 1, "sha256": ""}]
    with pytest.raises(Refusal, match="tidak diterima"):
        read_manifest(with_manifest(packed, members=members))


@pytest.mark.parametrize("columns", [{"program": "99.0.0"}, {"format": 2}])
def test_a_backup_of_a_newer_program_is_refused(packed, columns):
    with pytest.raises(Refusal, match="lebih baru"):
        read_manifest(with_manifest(packed, **columns))


def test_what_is_no_backup_is_refused(packed, tmp_path):
    with pytest.raises(CannotRun):
        read_manifest(tmp_path / "tidak-ada.zip")
    other = tmp_path / "teks.zip"
    other.write_text("bukan zip")
    with pytest.raises(Refusal, match="bukan berkas cadangan"):
        read_manifest(other)
    with pytest.raises(Refusal, match="daftar isinya"):
        read_manifest(changed(packed, lambda name, content: None if name == MANIFEST else content))
    with pytest.raises(Refusal, match="tidak memuat basis data"):
        read_manifest(with_manifest(packed, members=[]))
    cut = tmp_path / "potong.zip"
    cut.write_bytes(packed.read_bytes()[:-200])
    with pytest.raises(Refusal):
        read_manifest(cut)
