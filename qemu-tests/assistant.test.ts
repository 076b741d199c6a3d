import { session } from './guest.ts';

// The desktop decides how keys are pressed and windows are seen.
if (session.has('xfce')) await import('./assistant-on-xfce.ts');
else await import('./assistant-on-hyprland.ts');
