export const words = {
  title: 'Không tìm thấy trang',
  body: 'Địa chỉ này không có, hoặc bạn không có quyền xem. Nếu bạn cho rằng đây là nhầm lẫn, hãy hỏi người giám sát chuyên môn của mình.',
  home: 'Về trang đầu',
} as const;
