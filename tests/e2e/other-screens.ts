import type { Page } from 'playwright-core';
import { paths } from '../../client/app/paths.ts';
import { expectAccessible } from './browser.ts';
import { picture } from './pictures.ts';

const WIDTHS = [1280, 360] as const;

/** The screens that the story does not pass by, as a case worker meets them, at the desk and on the telephone. */
export async function visitOtherScreens(page: Page, of: { caseId: string; referralId: string }): Promise<void> {
  const { caseId, referralId } = of;
  const screens = {
    'my-work': paths.work,
    case: paths.item(caseId),
    change: paths.changeItem(caseId),
    'her details': paths.changePeople(caseId, 'person'),
    'other people': paths.changePeople(caseId, 'others'),
    readers: paths.readers(caseId),
    terms: paths.terms(caseId),
    'new terms': paths.newTerms(caseId),
    find: paths.find,
    outbox: paths.outbox,
    slip: paths.slip(referralId),
    help: paths.help,
    nowhere: '/nowhere',
  };
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    for (const [name, address] of Object.entries(screens)) {
      await page.goto(address, { waitUntil: 'networkidle' });
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await expectAccessible(page, `${name} ${width}`);
      if (name === 'my-work' || name === 'case') await picture(page, name);
    }
  }
}

/** Before anybody has signed in. */
export async function visitSignIn(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.getByLabel('Tên đăng nhập').waitFor();
    await expectAccessible(page, `sign-in ${width}`);
  }
}
