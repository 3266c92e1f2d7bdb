/** Deeds that are done at the terminal or by the system itself, as they follow "đã" or "định". */
export const jobs = {
  case_erase_ask: 'đề nghị xoá {{case}}',
  case_erase: 'xoá hẳn {{case}}',
  directory_load: 'nạp danh mục của phiên bản phần mềm',
  directory_import_areas: 'nhập danh mục địa bàn',
  directory_set_up: 'thiết lập ban đầu cơ quan và tài khoản',
  keys_rotate: 'đổi khoá của một đơn vị',
  keys_reencrypt: 'mã hoá lại bằng khoá mới{{inCase}}',
  keys_backup: 'chia chùm khoá thành các phần dự phòng',
  keys_restore: 'khôi phục chùm khoá từ các phần dự phòng',
  policy_changed: 'bắt đầu chạy với quy tắc truy cập đã thay đổi',
  retention_purge: 'dọn những gì đã hết hạn lưu',
  retention_dump_data: 'xuất dữ liệu để dự phòng',
  retention_dump_keys: 'xuất khoá để dự phòng',
  retention_restore: 'phục hồi từ bản dự phòng',
  audit_heartbeat: 'xác nhận nhật ký vẫn đang được niêm phong',
  audit_restart: 'mở lại nhật ký với gốc mới sau khi phục hồi',
} as const;
