import type { ExportAbout } from './export-log.ts';

/** For whoever finds the folder: what it is, and how it is verified. */
export function readmeFor({ origin, size, span }: ExportAbout): string {
  const range = span.first === span.end ? '–' : `${span.first}…${span.end - 1}`;
  return `Bản xuất nhật ký truy cập / Export of the access log
${origin}
Mục / entries: ${range}; cây / tree: ${size}

Kiểm tra (không cần mạng, không cần cơ sở dữ liệu; chỉ cần Node và thư mục server/audit/verifier của mã nguồn):
Verify (no network, no database; only Node and the folder server/audit/verifier of the source code are needed):

  npm run audit:verify -- <thư mục này / this folder> --vkey "<khoá của nhật ký / key of the log>" \\
    --witness "<khoá cơ quan chứng kiến / key of a witness>" --witness "…" --witness "…" --quorum 2 \\
    --known <mốc kiểm lần trước / the checkpoint of your last verification>

Tháng đã lưu trữ ra ngoài (xem "archivedMonths", "absent" trong export.json): thêm --archived <đầu-cuối>, lấy từ biên bản lưu trữ bạn giữ, không từ tệp này.
Archived months (see "archivedMonths", "absent" in export.json): add --archived <first-last>, taken from the certificate of archiving that you hold, not from this file.

Hãy lấy các khoá từ nơi khác, không phải từ người đưa thư mục này (nhật ký: npm run audit:key). Giữ lại tệp "checkpoint" cho lần sau.
Get the keys by another way, not from whoever hands you this folder (the log: npm run audit:key). Keep the file "checkpoint" for the next time.

Thư mục này chứa mã cán bộ, mã hồ sơ và thời điểm truy cập: cất giữ như hồ sơ mật.
This folder holds ids of staff and cases, and times of access: keep it as a confidential file.

checkpoint            mốc kiểm có chữ ký / signed head (C2SP tlog-checkpoint)
tile/<L>/<N>          hàm băm của cây / hashes of the tree (C2SP tlog-tiles)
tile/entries/<N>      sự kiện / events, RFC 8785 JSON
export.json           phạm vi bản xuất / what was exported
`;
}
