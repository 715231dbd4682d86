#!/bin/bash
set -e

ensure_definition() {
  local id
  id=$(az sig image-definition show -g rg-node -r nodes -i node --query id -o tsv) || id=""
  if [ -z "$id" ]; then
    case "$FLAVOUR" in
      confidential) az sig image-definition create -g rg-node -r nodes -i node -p Own -f Node -s node --os-type Linux --os-state Specialized --features SecurityType=ConfidentialVM ;;
      arm) az sig image-definition create -g rg-node -r nodes -i node -p Own -f Node -s node --os-type Linux --architecture Arm64 ;;
      *) az sig image-definition create -g rg-node -r nodes -i node -p Own -f Node -s node --os-type Linux ;;
    esac
  fi
}

ensure_definition
az sig image-version create -g rg-node -r nodes -i node -e "$VERSION" --os-vhd-uri "$VHD_URI" --os-vhd-storage-account nodes
