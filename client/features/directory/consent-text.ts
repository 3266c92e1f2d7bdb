/** The version of the printed consent text in use; whoever records corrects it when another one was read out. */
export const usualConsentText = 'mau-dong-y-2026-1';
