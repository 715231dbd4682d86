source "azure-arm" "desktop" {
  os_type  = "Windows"
  location = "westeurope"
  vm_size  = "Standard_D2s_v5"
  shared_image_gallery {
    subscription   = "7d1c3a52-0000-4000-8000-5f0a6c2e9b11"
    resource_group = "rg-images"
    gallery_name   = "contoso"
    image_name     = "desktop"
    image_version  = "1.0.0"
  }
  managed_image_name                = "desktop-next"
  managed_image_resource_group_name = "rg-images"
}

build {
  sources = ["source.azure-arm.desktop"]
  provisioner "powershell" {
    inline = ["& $env:SystemRoot\\System32\\Sysprep\\Sysprep.exe /oobe /generalize /quiet /quit", "while ((Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State).ImageState -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Start-Sleep 10 }"]
  }
}
