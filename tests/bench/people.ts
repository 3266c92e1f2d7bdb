import { REGISTER_EXAMPLE } from '../../server/cases/cases.examples.ts';
import type { RegisterCaseBody } from '../../server/cases/cases.contract.ts';
import { DAY_MS, vietnamDay } from '../../server/kernel/clock.ts';

// Synthetic people: syllables put together by number, so that each number is one person and always the same.
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'];
const MIDDLE = ['Thị', 'Thị Ngọc', 'Thị Thu', 'Thị Minh', 'Thị Kim', 'Thị Hồng', 'Thị Thanh', 'Thị Bích', 'Thị Mỹ'];
const GIVEN = ['Hoa', 'Lan', 'Hương', 'Thảo', 'Nhung', 'Trang', 'Linh', 'Mai', 'Đào', 'Yến', 'Ánh', 'Phượng', 'Thuỷ'];
const WORDS = [
  'chị kể rằng tối hôm đó có cãi nhau về tiền',
  'bị đánh vào vai và doạ đuổi khỏi nhà',
  'hàng xóm nghe tiếng và gọi công an',
  'hai con ở nhà và chứng kiến',
  'chị đã sang nhà mẹ ở tạm',
  'chưa muốn trình báo, chỉ muốn được yên',
];

export type Survivor = { fullName: string; birthYear: number };

/** Day in Viet Nam, `days` from now. */
export function dayFromToday(days: number): string {
  return vietnamDay(Date.now() + days * DAY_MS);
}

export function survivorOf(n: number): Survivor {
  const names = FAMILY.length * MIDDLE.length * GIVEN.length;
  const middle = MIDDLE[Math.floor(n / FAMILY.length) % MIDDLE.length];
  const given = GIVEN[Math.floor(n / (FAMILY.length * MIDDLE.length)) % GIVEN.length];
  const birthYear = 1950 + ((Math.floor(n / names) + n) % 57);
  return { fullName: `${FAMILY[n % FAMILY.length]} ${middle} ${given}`, birthYear };
}

/** A registration that passes the contract: person `n`, an account of a few hundred letters, else as in the example. */
export function registrationOf(n: number): RegisterCaseBody {
  const example = structuredClone(REGISTER_EXAMPLE) as RegisterCaseBody;
  const { fullName, birthYear } = survivorOf(n);
  const account = Array.from({ length: 3 + (n % 12) }, (_, index) => WORDS[(n + index) % WORDS.length]).join('; ');
  const { basis, report, incident, survivor } = example;
  return {
    ...example,
    basis: { ...basis, explainedOn: dayFromToday(-1) },
    report: { ...report, receivedOn: dayFromToday(-1) },
    incident: {
      ...incident,
      occurred: { ...incident.occurred, on: dayFromToday(-2) },
      narrative: `${account}.`,
    },
    survivor: {
      ...survivor,
      fullName,
      bornOn: `${birthYear}-05-12`,
      identityNumber: `048${String(194_000_000 + (n % 800_000_000)).padStart(9, '0')}`,
      contact: { ...survivor.contact, phone: `0905${String(n % 1_000_000).padStart(6, '0')}` },
    },
  };
}
