import type { Page } from 'playwright-core';
import { expectAccessible } from './browser.ts';

/** Words that are planted in a registration and must be found nowhere but behind their keys. */
export type Planted = { fullName: string; phone: string; narrative: string; codeWord: string };

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lưu nháp và tiếp tục' }).click();
}

async function onPage(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await expectAccessible(page, heading);
}

/** Registers a case as a case worker does: four pages, check, confirm. Answers with the case's code. */
export async function registerThroughScreens(
  page: Page,
  kind: 'violence' | 'trafficking',
  planted: Planted,
): Promise<string> {
  await page.goto('/work');
  await page.getByRole('link', { name: 'Đăng ký vụ việc' }).click();
  await onPage(page, 'Sự đồng ý và an toàn');
  await page.getByLabel('Đồng ý – Chữ ký').check();
  await page.getByLabel('Trung bình').check();
  await next(page);
  await onPage(page, 'Sự việc');
  await (kind === 'violence' ? violencePart(page) : traffickingPart(page));
  await page.getByLabel('Hôm qua').check();
  await page.getByLabel('Không rõ / không khai báo').last().check();
  await next(page);
  await onPage(page, 'Người cần hỗ trợ');
  await personPart(page, planted);
  await next(page);
  await onPage(page, 'Những người liên quan và sức khoẻ');
  await page.getByLabel('Người thân khác trong gia đình').check();
  await page.getByLabel('Vài lời kể ngắn').fill(planted.narrative);
  await next(page);
  await page.getByRole('heading', { level: 1, name: 'Kiểm tra lại trước khi đăng ký' }).waitFor();
  await expectAccessible(page, 'check');
  await page.getByRole('button', { name: 'Đăng ký vụ việc' }).click();
  await page
    .getByText(/[0-9A-Z]{4}-[0-9A-Z]{4}/)
    .first()
    .waitFor();
  await expectAccessible(page, 'done');
  return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? '';
}

async function violencePart(page: Page): Promise<void> {
  await page.getByLabel('Bạo lực thân thể').check();
}

async function traffickingPart(page: Page): Promise<void> {
  await page.getByLabel('Mua bán người').check();
  await page
    .getByRole('group', { name: /^Hành vi/ })
    .getByRole('checkbox')
    .first()
    .check();
  await page
    .getByRole('group', { name: /^Thủ đoạn/ })
    .getByRole('checkbox')
    .first()
    .check();
  await page
    .getByRole('group', { name: /^Mục đích/ })
    .getByRole('checkbox')
    .first()
    .check();
}

async function personPart(page: Page, planted: Planted): Promise<void> {
  await page.getByLabel('25–59 tuổi').check();
  await page.getByLabel('Nữ', { exact: true }).check();
  await page.getByText('Danh tính và cách liên hệ an toàn').click();
  await page.getByLabel('Gọi điện').check();
  await page.getByLabel(/^Số điện thoại/).fill(planted.phone);
  await page.getByLabel(/^Mật hiệu/).fill(planted.codeWord);
  await page.getByLabel(/^Họ và tên/).fill(planted.fullName);
}
