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
  await patchMeanwhile(page, caseId, (view) => ({ survivor: { ...view.survivor, alias: 'chị Ba' } }));
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

/** The case as it stands on the server, read with the session of the page. */
export async function caseAt(page: Page, caseId: string): Promise<CaseView> {
  return page.evaluate(async (id) => (await fetch(`/api/cases/${id}`)).json() as Promise<CaseView>, caseId);
}

/** Saves over the version that the page is about, as somebody else on the team would. */
export async function patchMeanwhile(page: Page, caseId: string, change: (view: CaseView) => unknown): Promise<void> {
  const view = await caseAt(page, caseId);
  const status = await page.evaluate(
    async ([id, version, body]) => {
      const headers = { 'content-type': 'application/json', 'if-match': `"${version}"` };
      return (await fetch(`/api/cases/${id}`, { method: 'PATCH', headers, body })).status;
    },
    [caseId, view.version, JSON.stringify(change(view))] as const,
  );
  expect(status).toBe(200);
}
