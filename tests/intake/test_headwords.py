"""What heads, labels and titles of tables say."""

from __future__ import annotations

from conftest import each

from baoyen_analysis.intake.headwords import take_apart


@each(
    [
        ("Thu nhập bình quân đầu người", ("", "", "", "Thu nhập bình quân đầu người")),
        ("KH2024", ("plan", "2024", "", "")),
        ("Kế hoạch năm", ("plan", "", "cả năm", "")),
        ("Chỉ tiêu 2025", ("plan", "2025", "", "")),
        ("Chỉ tiêu", ("", "", "", "Chỉ tiêu")),
        ("Mục tiêu ĐH đến 2025", ("target", "2025", "", "")),
        ("KH HĐND giao 2024", ("plan", "2024", "", "")),
        ("KH UBND tỉnh giao năm 2024", ("plan", "năm 2024", "", "")),
        ("Sơ bộ 2022\nPrel. 2022", ("preliminary", "2022", "", "")),
        ("T12", ("", "", "T12", "")),
        ("T13", ("", "", "", "T13")),
        ("Tổ T1", ("", "", "", "Tổ T1")),
        ("Mục tiêu đến năm 2025", ("target", "năm 2025", "", "")),
        ("Dự kiến 2025", ("plan", "2025", "", "")),
        ("Thực hiện 9 tháng đầu năm 2024", ("actual", "9 tháng đầu năm 2024", "", "")),
        ("Dự kiến tháng sau", ("plan", "", "Dự kiến tháng sau", "tháng sau")),
        ("Ước TH 9 tháng", ("estimate", "", "9 tháng", "")),
        ("Cùng kỳ năm trước", ("", "", "Cùng kỳ năm trước", "Cùng kỳ năm trước")),
        ("cùng kỳ 2023", ("", "cùng kỳ 2023", "", "cùng kỳ")),
        ("DOANH THU TỪ DU LỊCH 9 THÁNG NĂM 2024", ("", "9 THÁNG NĂM 2024", "", "DOANH THU TỪ DU LỊCH")),
        ("KẾT QUẢ TRIỂN KHAI NGHỊ QUYẾT 10", ("unclear", "", "", "TRIỂN KHAI 10")),
        ("Nam", ("", "", "", "Nam")),
        ("Năm", ("", "", "cả năm", "")),
        ("GRDP (giá so sánh)", ("", "", "", "GRDP (giá so sánh)")),
        ("Đề tài KH&CN", ("", "", "", "Đề tài KH&CN")),
        ("Sản lượng năm 2023 (tấn)", ("", "năm 2023", "", "Sản lượng (tấn)")),
        ("GRDP (giá so sánh 2010) 2023", ("", "2023", "", "GRDP (giá so sánh 2010)")),
        ("Trẻ em dưới 6 tháng tuổi", ("", "", "", "Trẻ em dưới 6 tháng tuổi")),
        ("Phòng Tài chính - Kế hoạch", ("", "", "", "Phòng Tài chính - Kế hoạch")),
        ("Chương trình mục tiêu quốc gia", ("", "", "", "Chương trình mục tiêu quốc gia")),
        ("KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU KẾ HOẠCH NĂM 2024", ("actual", "NĂM 2024", "", "")),
        ("Kế hoạch 2024 và thực hiện", ("unclear", "2024", "", "và")),
        ("Tăng (+), giảm (-) 2024", ("comparison", "2024", "", "Tăng (+), giảm (-) 2024")),
        ("TH/KH (%)", ("comparison", "", "", "TH/KH (%)")),
        ("Tỷ lệ tăng (%)", ("comparison", "", "", "Tỷ lệ tăng (%)")),
        ("Tỷ lệ tăng dân số", ("", "", "", "Tỷ lệ tăng dân số")),
        ("So sánh 2024/2023 (%)", ("comparison", "2024/2023", "", "So sánh 2024/2023 (%)")),
        ("Doanh thu từ 2022", ("", "Doanh thu từ 2022", "", "Doanh thu từ")),
        ("2013H", ("", "2013", "", "H")),
        ("1-9/2024", ("", "", "1-9/2024", "1-9/2024")),
        ("T1-T9/2024", ("", "", "T1-T9/2024", "T1-T9/2024")),
        ("Thu từ quỹ 1", ("", "", "", "Thu từ quỹ 1")),
        ("Báo cáo số 15/2024/BC-UBND", ("", "", "", "Báo cáo số 15/2024/BC-UBND")),
    ]
)
def test_what_a_label_says(text: str, said: tuple) -> None:
    found = take_apart(text)
    assert ("comparison" if found.compared else found.kind, found.period, found.part, found.measure) == said
