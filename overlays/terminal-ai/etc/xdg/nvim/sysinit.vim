" The same completion as in Vim.
source /etc/vim/vimrc.local
