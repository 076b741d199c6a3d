-- The desktop as this system has it. It is kept up to date there: write your own settings below, they come later and win.
dofile("/usr/share/ingot/hyprland/hyprland.lua")
