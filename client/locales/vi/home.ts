export const words = {
  title: 'Trang đầu',
  nothing: 'Chưa có mục nào dành cho vai trò của bạn.',
  whom: 'Nếu bạn cần làm việc ở đây, hãy hỏi quản trị viên của cơ quan mình.',
} as const;
