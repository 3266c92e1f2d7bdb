import { describe, expect, test } from 'vitest';
import { destinations } from '../../client/app/shell/navigation.ts';

function keys(roles: string[], sectors: string[]): string[] {
  return destinations(roles, sectors).map(({ key }) => key);
}

describe('the sections a person sees', () => {
  test('begin with her work for a case worker', () => {
    expect(keys(['case_worker'], ['WU'])).toEqual(['work', 'register', 'find', 'inbox']);
  });

  test('begin with the inbox in an agency that chiefly answers others', () => {
    expect(keys(['case_worker'], ['HEALTH'])[0]).toBe('inbox');
    expect(keys(['duty_officer'], ['POLICE'])).toEqual(['inbox']);
  });

  test('leave registering to those who then work on the case', () => {
    expect(keys(['supervisor'], ['SOCIAL'])).toEqual(['work', 'find', 'inbox']);
  });

  test('begin with the overview for an auditor', () => {
    expect(keys(['auditor'], [])).toEqual(['overview', 'log', 'checks', 'seal']);
  });

  test('are each shown once to a person with several roles, and none to an unknown role', () => {
    expect(keys(['supervisor', 'case_worker', 'auditor'], ['SOCIAL'])).toEqual([
      'work',
      'register',
      'find',
      'inbox',
      'overview',
      'log',
      'checks',
      'seal',
    ]);
    expect(keys(['operator', 'constructor'], [])).toEqual([]);
  });
});
