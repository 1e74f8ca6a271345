import os

import pytest

from exchange.report import ReportFile, UnwritableReportError


def test_report_file_appears_whole_and_readable(tmp_path):
    file = ReportFile(tmp_path / "report.json")
    assert not (tmp_path / "report.json").exists()

    file.write({"talks": "日本語"})

    assert (tmp_path / "report.json").read_text() == '{\n  "talks": "日本語"\n}\n'
    assert (tmp_path / "report.json").stat().st_mode & 0o777 == 0o644


def test_report_file_that_cannot_take_its_name_leaves_nothing_behind(tmp_path):
    file = ReportFile(tmp_path / "report.json")
    (tmp_path / "report.json").mkdir()

    with pytest.raises(UnwritableReportError):
        file.write({})

    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_report_file_in_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(UnwritableReportError, match="Permission denied"):
        ReportFile(tmp_path / "report.json")
