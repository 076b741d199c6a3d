-- Helix and Geany know the server by themselves.
vim.lsp.enable('pylsp')
