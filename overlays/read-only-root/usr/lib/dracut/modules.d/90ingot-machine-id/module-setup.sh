#!/bin/bash
# Puts restore-machine-id into the initramfs; called by dracut.

check() {
  return 0
}

depends() {
  echo systemd
}

install() {
  inst_multiple cat chmod cp grep mkdir mount mv rm sed sync tr umount
  inst_simple "${moddir:?}/restore-machine-id" /usr/libexec/ingot/restore-machine-id
  inst_simple "$moddir/restore-machine-id.service" "${systemdsystemunitdir:?}/restore-machine-id.service"
  ${SYSTEMCTL:?} -q --root "${initdir:?}" add-wants initrd-root-fs.target restore-machine-id.service
}
