/** Names of what the log speaks of besides deeds: rules, groups of data, fields. */
export const words = {
  /** Same words as the notes in `policies/*.cedar`; a test compares them. */
  rule: {
    audit_auditor_reads: 'Cán bộ kiểm tra đọc nhật ký trong địa bàn của mình; chỉ thấy việc làm, không thấy nội dung',
    case_worker_registers: 'Cán bộ quản lý vụ việc và bộ phận trực lập hồ sơ, lưu nháp của mình',
    case_staff_list_and_find: 'Người làm vụ việc xem danh sách và tra cứu chính xác trong những hồ sơ mình được phép',
    case_team_opens: 'Thành viên nhóm vụ việc mở hồ sơ và xem ai đã truy cập',
    case_supervisor_reviews: 'Người giám sát chuyên môn xem xét hồ sơ của cơ quan mình mà không mở danh tính',
    case_supervisor_opens: 'Người giám sát chuyên môn mở toàn bộ hồ sơ của cơ quan mình khi nêu rõ mục đích giám sát',
    case_team_works: 'Thành viên nhóm vụ việc cập nhật hồ sơ, xem phương án và soạn chuyển gửi',
    case_lead_restricts: 'Người phụ trách chính giới hạn hồ sơ cho những người được nêu tên, hoặc bỏ giới hạn',
    case_supervisor_restricts: 'Người giám sát chuyên môn giới hạn hồ sơ của cơ quan mình khi nêu rõ mục đích giám sát',
    guardian_owner_agrees:
      'Người giám sát chuyên môn hoặc quản trị của cơ quan quản lý hồ sơ đồng ý cho mở hồ sơ bằng khóa dự phòng; việc đó không cho họ đọc gì',
    guardian_operator_opens:
      'Người vận hành, không đọc được hồ sơ, dùng khóa dự phòng để giao hồ sơ cho người khác khi cơ quan quản lý đã đồng ý',
    case_restricted: 'Hồ sơ đã giới hạn đóng với mọi người ngoài nhóm được nêu tên, kể cả người giám sát',
    case_barred: 'Người có xung đột lợi ích không được làm gì với hồ sơ, kể cả khi có quyền khác',
    consent_team_records: 'Thành viên nhóm vụ việc ghi nhận và xem sự đồng ý',
    consent_supervisor_reads: 'Người giám sát chuyên môn của cơ quan xem sự đồng ý với mục đích giám sát',
    consent_withdrawal_always:
      'Rút lại sự đồng ý luôn được: thành viên nhóm vụ việc hoặc người giám sát của cơ quan ghi nhận ngay',
    consent_restricted: 'Sự đồng ý trong hồ sơ đã giới hạn đóng với mọi người ngoài nhóm được nêu tên',
    consent_barred: 'Người có xung đột lợi ích không được làm gì với sự đồng ý của vụ việc',
    directory_staff_read: 'Người đã đăng nhập đọc danh bạ: địa bàn, cơ quan, dịch vụ, danh mục mã, thời hạn, mục đích',
    directory_desk_reads_colleagues: 'Bộ phận trực và người giám sát xem danh sách đồng nghiệp để phân công',
    referral_staff_list:
      'Người làm vụ việc, bộ phận trực và người giám sát xem hộp thư đến, hộp thư đi của cơ quan mình',
    referral_sender_works: 'Nhóm vụ việc của cơ quan gửi sửa, bỏ nháp, gửi đi và thu hồi phiếu chuyển gửi của mình',
    referral_sender_opens: 'Nhóm vụ việc và người giám sát của cơ quan gửi xem đã gửi gì và kết quả ra sao',
    referral_desk_answers: 'Chỉ bộ phận trực của cơ quan tiếp nhận nhận, tiếp nhận, từ chối và phân công',
    referral_assigned_serve: 'Chỉ người được phân công mở phiếu, bắt đầu và hoàn thành hỗ trợ',
    referral_restricted:
      'Phiếu chuyển gửi của hồ sơ đã giới hạn đóng với mọi người của cơ quan gửi ngoài nhóm được nêu tên',
    referral_barred: 'Người có xung đột lợi ích không được làm gì với phiếu chuyển gửi',
    safeguard_break_glass_opens:
      'Trong tình huống khẩn cấp, cán bộ của cơ quan quản lý hồ sơ nhưng ngoài nhóm vụ việc mở được một hồ sơ trong thời gian ngắn, có lý do và mật khẩu',
    safeguard_break_glass_known:
      'Người làm vụ việc xem các lần truy cập khẩn cấp của mình và những lần mình phải được báo',
    safeguard_break_glass_reviewed:
      'Người giám sát chuyên môn của cơ quan xem xét từng lần truy cập khẩn cấp của người khác, không bao giờ của chính mình',
    safeguard_conflicts_seen:
      'Nhóm vụ việc xem người bị bạo lực đã loại trừ ai; người giám sát của cơ quan xem mọi xung đột lợi ích và nghi vấn',
    safeguard_doubt_answered: 'Người giám sát của cơ quan quản lý hồ sơ xác nhận hoặc bác bỏ nghi vấn xung đột lợi ích',
    safeguard_staff_excludable:
      'Người làm vụ việc xem tên cán bộ của một cơ quan để người bị bạo lực loại trừ người mình không muốn gặp',
    safeguard_staff_identified:
      'Người quản trị tài khoản của cơ quan ghi số định danh và điện thoại của cán bộ để so xung đột lợi ích; chỉ lưu giá trị băm có khoá',
    retention_supervisor_asks:
      'Người giám sát chuyên môn của cơ quan quản lý hồ sơ đề nghị xoá hồ sơ; chỉ riêng đề nghị thì chưa xoá gì',
    retention_operator_confirms: 'Người vận hành, không đọc được hồ sơ, xác nhận đề nghị xoá của một người khác',
    safeguard_barred: 'Người có xung đột lợi ích không xem xét và không biết gì về truy cập khẩn cấp vào vụ việc đó',
    session_anyone_may_sign_in:
      'Ai cũng có thể thử đăng nhập, mở khoá hoặc kết thúc phiên mình đang giữ; mật khẩu và mã phiên quyết định',
    session_staff_own_session:
      'Người đã đăng nhập xem và khoá phiên của chính mình, và lấy mã truy cập ngắn hạn cho phần mềm của đơn vị',
  },
  otherRule: 'một quy tắc chưa có tên',
  compartment: {
    facts: 'Sự việc và nguy cơ',
    identity: 'Nhân thân',
    contact: 'Liên hệ và nơi ở',
    narrative: 'Lời kể',
    clinical: 'Y tế',
    legal: 'Căn cứ và sự đồng ý',
    perpetrator: 'Người có hành vi bạo lực',
    statistics: 'Thống kê',
    sealed: 'Niêm phong riêng',
    notice: 'Thông báo của phiếu chuyển gửi',
    envelope: 'Nội dung được gửi',
    feedback: 'Phản hồi của nơi nhận',
  },
  otherCompartment: 'nhóm dữ liệu khác',
  field: {
    survivor: 'Người bị bạo lực',
    perpetrators: 'Người có hành vi bạo lực',
    incident: 'Sự việc',
    stage: 'Giai đoạn',
    exclusions: 'Người bị loại trừ',
    code: 'Mã vụ việc',
    fullName: 'Họ và tên',
    birthYear: 'Năm sinh',
    phone: 'Số điện thoại',
    identityNumber: 'Số định danh cá nhân',
    service: 'Dịch vụ',
    urgency: 'Mức độ khẩn',
    purpose: 'Mục đích',
    fields: 'Các mục sẽ gửi',
    note: 'Ghi chú',
    endsOn: 'Thời hạn xem',
    actor: 'Người thực hiện',
    case: 'Vụ việc',
    action: 'Việc làm',
    agency: 'Cơ quan',
    outcome: 'Kết quả',
    from: 'Từ lúc',
    to: 'Đến lúc',
    cursor: 'Trang tiếp theo',
    limit: 'Số dòng',
  },
  object: {
    case: 'Vụ việc',
    referral: 'Phiếu chuyển gửi',
    consent: 'Sự đồng ý',
    draft: 'Bản nháp hồ sơ',
    session: 'Phiên làm việc',
    staff: 'Tài khoản cán bộ',
    break_glass: 'Lần truy cập khẩn cấp',
    doubt: 'Nghi vấn xung đột lợi ích',
  },
  otherObject: 'đối tượng khác',
} as const;
