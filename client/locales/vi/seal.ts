/** The seal of the log: how its days stand, and how anybody checks it. */
export const words = {
  title: 'Nhật ký có còn nguyên vẹn không?',
  whole: 'Nhật ký nguyên vẹn trong 31 ngày qua.',
  wholeWhy: 'Mọi dòng đã niêm phong đều khớp với dấu niêm phong.',
  broken_other: 'Nhật ký bị hỏng ở {{count}} ngày. Hãy báo ngay cho đơn vị vận hành và các cơ quan chứng kiến.',
  none: 'Nhật ký chưa được niêm phong.',
  noneWhy:
    'Máy chủ này chưa chạy bộ niêm phong, nên chưa chứng minh được nhật ký không bị sửa. Hãy báo đơn vị vận hành.',
  caption: 'Mỗi ô là một ngày, cũ nhất trước, từ {{from}} đến {{to}}.',
  day: { sealed: 'nguyên vẹn', waiting: 'đang chờ niêm phong', empty: 'không có việc nào', broken: 'bị hỏng' },
  brokenDay_other: 'Ngày {{day}}: {{count}} dòng bị sửa, mất hoặc không khớp với dấu niêm phong.',
  latest: 'Lần niêm phong gần nhất: {{at}}, gồm {{size}} dòng.',
  delay_other: 'Dòng cũ nhất chưa niêm phong đã chờ {{count}} giây.',
  witnesses: {
    none: 'Chưa có cơ quan chứng kiến nào: dấu niêm phong chỉ do chính hệ thống này ký.',
    met_other: 'Đủ chứng kiến: ít nhất {{count}} cơ quan đã ký xác nhận, lần gần nhất {{ago}} ({{at}}).',
    unmet_other: 'Chưa đủ chứng kiến: cần {{count}} cơ quan ký xác nhận.',
    one: '{{name}}: ký lần cuối {{at}}',
    never: '{{name}}: chưa ký lần nào',
  },
  table: 'Xem bảng số liệu',
  tableCaption: 'Số dòng của từng ngày',
  columns: { day: 'Ngày', sealed: 'Đã niêm phong / số dòng', state: 'Tình trạng' },
  brokenLines_other: '{{count}} dòng bị hỏng',
  checkedAt: 'kiểm lúc {{at}}',
  checked:
    'Mọi ngày đều đã được kiểm từ {{at}} trở lại đây. Ngày đã qua được kiểm lại mỗi ngày một lần; hôm nay được kiểm mỗi lần mở trang.',
  checkAgain: 'Kiểm lại tất cả ngay',
  verifyLink: 'Tự kiểm chứng',
  verify: {
    title: 'Kiểm chứng',
    why: 'Bạn không cần tin hệ thống này: với ba thứ dưới đây, bất kỳ ai cũng tự kiểm tra được nhật ký có bị sửa hay không, trên máy khác và không cần mạng.',
    first: '1. Giữ dấu niêm phong',
    firstHow:
      'Tải tệp này về, ghi ngày và cất ở nơi chỉ cơ quan kiểm tra giữ. Lần sau, nhật ký phải chứa nguyên vẹn những gì đã niêm phong hôm nay.',
    checkpoint: 'Tải dấu niêm phong hôm nay',
    checkpointBusy: 'Đang tải…',
    checkpointDone: 'Đã tải dấu niêm phong về máy.',
    second: '2. Giữ khoá kiểm tra của nhật ký',
    secondHow:
      'Chép dòng này một lần và so lại mỗi lần kiểm tra. Khoá thay đổi mà không có thông báo là dấu hiệu bất thường.',
    noKey: 'Chưa có khoá: nhật ký chưa được niêm phong.',
    witnesses_other:
      'Nhật ký có {{all}} cơ quan chứng kiến bên ngoài cùng ký; cần ít nhất {{count}} chữ ký. Giữ cả khoá của các cơ quan ấy, và hỏi chính họ xem khoá có đúng không.',
    witness: 'Khoá của cơ quan chứng kiến {{name}}',
    third: '3. Chạy chương trình kiểm tra',
    /** What is typed in their place; a terminal takes no marks. */
    gaps: { folder: 'THU-MUC', key: 'KHOA', known: 'DAU-CU' },
    thirdHow:
      'Xin đơn vị vận hành bản xuất nhật ký (một thư mục). Trên một máy khác có chương trình này, mở cửa sổ dòng lệnh và gõ, thay {{folder}} bằng tên thư mục đã nhận và {{known}} bằng tệp dấu niêm phong bạn đã cất:',
    result:
      'Chương trình đọc từng dòng. Nếu mọi thứ khớp, nó nói như vậy; nếu không, nó nêu số thứ tự của dòng đầu tiên bị sửa hoặc thiếu.',
    single: 'Muốn chứng minh riêng một dòng: mở Nhật ký, chọn “Chi tiết” của dòng đó rồi “Tải bằng chứng”.',
    log: 'Tên của nhật ký',
    key: 'Khoá kiểm tra của nhật ký',
    command: 'Lệnh kiểm tra',
  },
} as const;
