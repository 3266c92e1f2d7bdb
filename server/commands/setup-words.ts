import type { NewStaff } from '../identity/new-staff.store.ts';
import type { SetUpKeyring } from './setup-keyring.ts';

/** What whoever set the system up must read now: accounts, and how not to lose the keys. */
export function closingLines(staff: readonly NewStaff[], keyring: SetUpKeyring, guardian: readonly string[]): string[] {
  return [
    '',
    'Tài khoản; mật khẩu chỉ hiện một lần này / Accounts; the passwords are shown this once:',
    ...staff.map(({ username, password, person }) => `  ${username}  ${password}  (${person.roles.join(', ')})`),
    '',
    ...keyringLines(keyring),
    '',
    ...guardianLines(guardian),
  ];
}

/** Shown and written nowhere: whoever would find them beside the keyring would need nothing else. */
function guardianLines(shares: readonly string[]): string[] {
  return [
    'Khóa dự phòng: ba phần dưới đây chỉ hiện một lần này. Chép hoặc in từng phần, niêm phong, giao ba người ở ba nơi; hai phần bất kỳ là mở được.',
    "The guardian's unlock: the three shares below are shown this once. Copy or print each, seal it, give them to three people in three places; any two are enough.",
    'Mất thì tạo lại / If they are lost, make it anew: npm run keys:guardian -- --make <thư mục / folder> --again',
    ...shares.flatMap((share) => ['', share]),
  ];
}

function keyringLines({ file, isNew, isTyped }: SetUpKeyring): string[] {
  if (file === null)
    return [
      'Khoá nằm trong kho khoá (Vault/OpenBao). Mất các khoá đó là mất mọi hồ sơ: hãy sao lưu dữ liệu và khoá mở niêm phong của kho.',
      'The keys are in the key store (Vault/OpenBao). Lose them and every case is lost: back up its storage and its unseal keys.',
    ];
  return [
    `Chùm khóa / Keyring: ${file}${isNew ? ' (mới / new)' : ''}`,
    '  Mất chùm khóa hoặc cụm mật khẩu là mất mọi hồ sơ: không ai mở lại được, kể cả người vận hành.',
    '  Lose the keyring or its passphrase and every case is lost: nobody can open it again, the operator included.',
    '  Sao lưu chùm khóa và cụm mật khẩu ở hai nơi khác nhau, do hai người giữ; không để trong bản sao lưu của cơ sở dữ liệu.',
    '  Back up the keyring and the passphrase in two different places, kept by two people; never inside the backup of the database.',
    '  Tệp chùm khóa: quyền 0600, chỉ người dùng chạy hệ thống đọc được.',
    '  The keyring file: mode 0600, readable only by the user who runs the system.',
    ...(isTyped
      ? [
          '  Khi khởi động, hệ thống đọc cụm mật khẩu từ tệp HIEN_KEYRING_PASSPHRASE_FILE; hãy cấp tệp này bằng thông tin xác thực của dịch vụ (như systemd LoadCredential), không đặt cạnh chùm khóa.',
          '  At its start the system reads the passphrase from the file HIEN_KEYRING_PASSPHRASE_FILE; provide it as a service credential (such as systemd LoadCredential), not beside the keyring.',
        ]
      : []),
  ];
}
