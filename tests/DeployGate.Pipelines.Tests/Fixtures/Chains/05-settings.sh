#!/bin/bash
ensure_definition() {
  local state
  id=$(az sig image-definition show -g rg -r gal -i vhd --query id -o tsv) || id=""
  if [ -z "$id" ]; then
    if [ "$MODE" = confidential ]; then
      az sig image-definition create -g rg -r gal -i vhd --publisher p --offer o --sku s --os-type Linux --os-state Specialized
    elif [ "$ARCH" = arm64 ]; then
      az sig image-definition create -g rg -r gal -i vhd --publisher p --offer o --sku s --os-type Linux --architecture Arm64
    else
      az sig image-definition create -g rg -r gal -i vhd --publisher p --offer o --sku s --os-type Linux
    fi
  fi
}
import_image() {
  az image create -g rg -n imported --source "https://pub.blob.core.windows.net/vhds/base.vhd" --os-type Linux
}
case "${STEP}" in
  import) import_image ;;
esac
ensure_definition
