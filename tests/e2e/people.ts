import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { paths } from '../../client/app/paths.ts';
import type { CaseView } from '../../server/cases/cases.contract.ts';
import { expectAccessible } from './browser.ts';

const NEW_PHONE = '0905 774 110';

/**
 * She has a new number; while it is typed, a colleague's program saves a new alias. Nothing of either is lost, and the
 * number is shown behind its rules only.
 */
export async function changeHerNumber(page: Page, caseId: string): Promise<void> {
  await page.goto(paths.item(caseId));
  await page.getByRole('link', { name: 'Sửa thông tin và cách liên hệ' }).click();
  await page.getByText('Danh tính và cách liên hệ an toàn').click();
  await page.getByLabel(/^Số điện thoại/).fill(NEW_PHONE);
  await saveMeanwhile(page, caseId, 'chị Ba');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByText('Người khác vừa thay đổi hồ sơ này.').waitFor();
  await expectAccessible(page, 'overtaken');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.waitForURL(`**${paths.item(caseId)}`);
  const { survivor } = await caseAt(page, caseId);
  expect(survivor).toMatchObject({ alias: 'chị Ba', contact: { phone: NEW_PHONE } });
}

/** A second person on the record, beside the one who is there. */
export async function addAnotherPerson(page: Page, caseId: string): Promise<void> {
  const before = await caseAt(page, caseId);
  await page.goto(paths.item(caseId));
  await page.getByRole('link', { name: 'Sửa thông tin những người liên quan' }).click();
  await page.getByRole('button', { name: 'Thêm một người nữa' }).click();
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByRole('alert').getByRole('link').first().waitFor();
  await expectAccessible(page, 'people with a fault');
  await page
    .getByRole('region', { name: /bạo lực 2$/ })
    .getByLabel('Người thân khác trong gia đình')
    .check();
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.waitForURL(`**${paths.item(caseId)}`);
  const { perpetrators } = await caseAt(page, caseId);
  expect(perpetrators).toHaveLength(2);
  expect(perpetrators[0]).toEqual(before.perpetrators[0]);
}

async function caseAt(page: Page, caseId: string): Promise<CaseView> {
  return page.evaluate(async (id) => (await fetch(`/api/cases/${id}`)).json() as Promise<CaseView>, caseId);
}

async function saveMeanwhile(page: Page, caseId: string, alias: string): Promise<void> {
  const status = await page.evaluate(
    async ([id, name]) => {
      const read = await fetch(`/api/cases/${id}`);
      const { survivor } = (await read.json()) as CaseView;
      const headers = { 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' };
      const body = JSON.stringify({ survivor: { ...survivor, alias: name } });
      return (await fetch(`/api/cases/${id}`, { method: 'PATCH', headers, body })).status;
    },
    [caseId, alias] as const,
  );
  expect(status).toBe(200);
}
