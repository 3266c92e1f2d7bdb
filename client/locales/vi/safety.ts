export const words = {
  title: 'Trợ giúp và an toàn',
  exit: {
    title: 'Nút “Thoát nhanh”',
    what: 'Nhấn “Thoát nhanh” ở góc trên bên phải: nội dung biến mất ngay, phiên làm việc kết thúc và một trang thông thường hiện ra.',
    shift:
      'Trên bàn phím rời, nhấn phím Shift ba lần trong 5 giây (cùng một phím Shift, không nhấn phím nào khác) cũng thoát như vậy.',
    offline:
      'Khi không có mạng, màn hình chỉ còn một trang trống; phiên làm việc tự kết thúc trên máy chủ sau thời gian quy định.',
  },
  history: {
    title: 'Điều chương trình không làm được',
    notErased: 'Thoát nhanh không xoá lịch sử của trình duyệt. Người khác vẫn có thể thấy rằng địa chỉ này đã được mở.',
    clear: 'Muốn xoá, hãy mở phần lịch sử của trình duyệt và xoá mục này, hoặc dùng cửa sổ ẩn danh ngay từ đầu.',
    watched:
      'Nếu điện thoại hay máy tính có thể bị người khác theo dõi hoặc cài phần mềm theo dõi, hãy dùng thiết bị khác.',
  },
  lock: {
    title: 'Khoá màn hình',
    idle: 'Màn hình tự khoá khi không có thao tác hoặc khi trang bị ẩn quá 1 phút. Có thể nhấn “Khoá” bất cứ lúc nào.',
    kept: 'Phần đang nhập dở được cất giữ trong bộ nhớ và trở lại sau khi mở khoá. Phần này bị xoá khi bạn thoát hoặc đăng xuất.',
  },
  shared: {
    title: 'Máy dùng chung',
    close: 'Đăng xuất và đóng trình duyệt khi xong việc. Đừng để trình duyệt nhớ mật khẩu trên máy dùng chung.',
    paper: 'Chương trình không in nội dung hồ sơ. Đừng chụp màn hình và đừng chép tên, địa chỉ ra ngoài.',
  },
  urgent: {
    title: 'Khi có nguy hiểm ngay',
    call: 'Hãy gọi ngay, đừng đợi chương trình. Các số này ở cuối mọi trang, trừ số cuối cùng.',
    police: 'Công an',
    ambulance: 'Cấp cứu y tế',
    helpline: 'Tổng đài bảo vệ trẻ em và phòng, chống mua bán người',
    women: 'Ngôi nhà Bình yên, Hội Liên hiệp Phụ nữ Việt Nam',
  },
} as const;
