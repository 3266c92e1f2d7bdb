import {
  Button,
  Checkbox,
  createTheme,
  Input,
  Radio,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The one colour of action: blue-green, 8 : 1 on white and 9 : 1 on the dark paper. */
const sea: MantineColorsTuple = [
  '#e6f5f5',
  '#cbe9ea',
  '#9ddadb',
  '#6fd0d2',
  '#45b6b9',
  '#259ca0',
  '#0f8287',
  '#066e74',
  '#005a60',
  '#00444a',
];

type Look = { '--button-bg': string; '--button-hover': string; '--button-color': string; '--button-bd': string };

/** The looks of `ui/button.tsx`: right in both schemes, as the page's own colours are. */
const looks: Readonly<Record<string, Look>> = {
  main: filled('--action'),
  grave: filled('--danger'),
  plain: bare('2px solid var(--action)'),
  quiet: bare('2px solid transparent'),
};

const lineHeight = '1.6';

export const theme = createTheme({
  colors: { sea },
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 3 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: '0.9375rem', sm: '1.0625rem', md: '1.0625rem', lg: '1.25rem', xl: '1.5rem' },
  // Vietnamese stacks two marks on a vowel: lines need the room.
  lineHeights: { xs: lineHeight, sm: lineHeight, md: lineHeight, lg: lineHeight, xl: lineHeight },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      vars: (_, { variant }) => ({ root: { '--button-height': 'auto', ...looks[variant ?? ''] } }),
    }),
    Radio: Radio.extend({ vars: () => ({ root: { '--radio-icon-color': 'var(--paper)' } }) }),
    Checkbox: Checkbox.extend({ vars: () => ({ root: { '--checkbox-icon-color': 'var(--paper)' } }) }),
    Input: Input.extend({ vars: () => ({ wrapper: { '--input-height': '2.75rem' } }) }),
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
  },
});

/** The family's own greys and reds are too pale for us; they take the colours of `ui/base.css`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default-border': 'var(--line-strong)',
  },
  light: {},
  dark: {},
});

function filled(colour: string): Look {
  const background = `var(${colour})`;
  return {
    '--button-bg': background,
    '--button-hover': background,
    '--button-color': 'var(--paper)',
    '--button-bd': '0',
  };
}

function bare(border: string): Look {
  return {
    '--button-bg': 'transparent',
    '--button-hover': 'var(--paper-soft)',
    '--button-color': 'var(--action)',
    '--button-bd': border,
  };
}
