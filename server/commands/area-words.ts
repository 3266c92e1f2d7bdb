import type { AreaPlan, Refusal, RefusalReason } from './areas.rules.ts';

type Words = (detail: string) => readonly [vi: string, en: string];

const REASONS: Readonly<Record<RefusalReason, Words>> = {
  NOT_AN_OBJECT: () => ['không phải một đối tượng {code, name, parent}', 'not an object {code, name, parent}'],
  CODE_NOT_DIGITS: (found) => [
    `mã phải là chuỗi 2–10 chữ số, gặp ${found}`,
    `the code must be a text of 2 to 10 digits, found ${found}`,
  ],
  NAME_EMPTY: () => ['thiếu tên', 'the name is missing'],
  NAME_NOT_NFC: () => ['tên không ở dạng Unicode dựng sẵn (NFC)', 'the name is not in composed Unicode form (NFC)'],
  NAME_TOO_LONG: (most) => [`tên dài quá ${most} ký tự`, `the name is longer than ${most} characters`],
  PARENT_NOT_TEXT: (found) => [
    `đơn vị cấp trên phải là một mã hoặc null, gặp ${found}`,
    `the parent must be a code or null, found ${found}`,
  ],
  PARENT_UNKNOWN: (parent) => [
    `không có tỉnh, thành phố mã ${parent}`,
    `there is no province or city with code ${parent}`,
  ],
  DUPLICATE: (row) => [`trùng mã với dòng ${row}`, `same code as row ${row}`],
  ALREADY_BEGINS: (day) => [
    `đã có một dòng cùng mã bắt đầu từ ngày ${day}; hãy chọn --from muộn hơn`,
    `a row of this code begins on ${day}; choose a later --from`,
  ],
};

/** One line for one refused row, Vietnamese first. */
export function refusalLine({ row, code, reason, detail }: Refusal): string {
  const [vi, en] = REASONS[reason](detail);
  const of = code === null ? '' : ` (${code})`;
  return `✗ dòng ${row}${of}: ${vi} / row ${row}${of}: ${en}`;
}

/** What was done, or with a dry run what would be. */
export function summaryLines(plan: AreaPlan, { from, isDryRun }: { from: string; isDryRun: boolean }): string[] {
  const figures: readonly (readonly [number, string])[] = [
    [plan.added.length, `thêm mới từ ngày ${from} / new from ${from}`],
    [
      plan.changed.length,
      `đổi tên hoặc cấp trên, dòng cũ hết hiệu lực ngày ${from} / changed, the old row ends on ${from}`,
    ],
    [plan.unchanged, 'giữ nguyên / unchanged'],
    [plan.refused.length, 'bị từ chối / refused'],
    [plan.notInFile, 'không có trong tệp, để nguyên / not in the file, left as they are'],
  ];
  const lines = figures.map(([count, text]) => `${String(count).padStart(6)}  ${text}`);
  return isDryRun
    ? [...lines, 'Chạy thử: chưa ghi gì. / Dry run: nothing was written.']
    : [
        ...lines,
        'Hệ thống đang chạy nhận thay đổi trong 5 phút. / A running system takes the change up within 5 minutes.',
      ];
}
