import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './browser.ts';
import { picture } from './pictures.ts';

/** From the case's own page to the sent slip: need, agency, two columns, a new consent, confirm. */
export async function referToPolice(page: Page, service: string): Promise<string> {
  await page.getByRole('heading', { level: 1, name: 'Cần hỗ trợ gì?' }).waitFor();
  await expectAccessible(page, 'need');
  await page.getByRole('button', { name: 'Công an' }).click();
  await page.getByRole('button', { name: service }).click();
  await page.getByRole('button', { name: 'Chọn Công an phường Sơn Trà' }).waitFor();
  await expectAccessible(page, 'agency');
  await page.getByRole('button', { name: 'Chọn Công an phường Sơn Trà' }).click();
  await page.getByRole('region', { name: 'Sẽ gửi' }).waitFor();
  await expectAccessible(page, 'two columns');
  await picture(page, 'refer');
  await page.getByLabel('Ghi nhận sự đồng ý mới').check();
  await page.getByRole('group', { name: 'Ai đồng ý?' }).getByRole('radio').first().check();
  await page.getByLabel('Chữ ký').check();
  await page.getByRole('button', { name: 'Ghi nhận sự đồng ý', exact: true }).click();
  await page.getByText('Đã ghi nhận sự đồng ý.').waitFor();
  await page.getByRole('button', { name: 'Gửi phiếu', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Gửi phiếu' }).click();
  await page.getByRole('heading', { level: 1, name: /Đã gửi/ }).waitFor();
  await expectAccessible(page, 'sent');
  return new URL(page.url()).searchParams.get('sent') ?? '';
}

/** The desk opens the line in its inbox and accepts for a colleague; before that it sees no person. */
export async function acceptAtTheDesk(
  page: Page,
  given: { referralId: string; officer: string; hidden: string },
): Promise<void> {
  await page.goto('/inbox');
  const line = page.locator(`a[href="/messages/${given.referralId}"]`);
  await line.waitFor();
  await expectAccessible(page, 'inbox');
  await picture(page, 'inbox');
  await line.click();
  await page.getByText('Trước khi nhận, bạn chỉ thấy thông báo này.').waitFor();
  expect(await page.locator('main').textContent()).not.toContain(given.hidden);
  await expectAccessible(page, 'notice');
  await page.getByLabel(given.officer).check();
  await page.getByRole('button', { name: 'Nhận', exact: true }).click();
  await page.getByText('Người được phân công:').first().waitFor();
}

/** The assigned officer reads the envelope, starts, and completes with an outcome. */
export async function completeAsOfficer(page: Page, given: { referralId: string; shown: string }): Promise<void> {
  await page.goto(`/messages/${given.referralId}`);
  await page.getByText('Nội dung được gửi').first().waitFor();
  expect(await page.locator('main').textContent()).toContain(given.shown);
  await expectAccessible(page, 'envelope');
  await picture(page, 'referral');
  await page.getByRole('button', { name: 'Bắt đầu hỗ trợ' }).click();
  // The screen starts again at its top.
  await page.locator('h1:focus').waitFor();
  await page.getByRole('group', { name: 'Kết quả' }).getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Hoàn thành', exact: true }).click();
  await page.getByText('Việc hỗ trợ đã hoàn thành.').waitFor();
}
