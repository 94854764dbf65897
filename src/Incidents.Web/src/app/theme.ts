import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';
import { text } from '../text/en';

const indigo: MantineColorsTuple = [
  '#eef0ff', '#dfe2fc', '#bdc3f6', '#99a2ef', '#7b86e8', '#6873e0', '#5560d6', '#4650bd', '#3c45a6', '#303888',
];
const gray: MantineColorsTuple = [
  '#f7f7f9', '#f1f2f4', '#e6e7eb', '#d9dbe0', '#c3c6ce', '#a3a7b1', '#7d818c', '#5b5e68', '#3c3f47', '#1d1e23',
];
const dark: MantineColorsTuple = [
  '#e6e7ea', '#b4b7c0', '#9a9ea9', '#6f737e', '#3a3d46', '#2b2e35', '#1f2126', '#17191d', '#101114', '#0b0c0e',
];

export const theme = createTheme({
  colors: { indigo, gray, dark },
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { centered: true, closeButtonProps: { get 'aria-label'() { return text.close; } }, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } },
    Notification: { defaultProps: { closeButtonProps: { get 'aria-label'() { return text.close; } } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 90 } } },
  },
});

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'incidents-color-scheme' });
