using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeployGate.Pipelines.Commands;

/// <summary>The cmdlets of Az PowerShell that are read, as of version 16.2.0; those of AzureRM have the same parameters.</summary>
/// <seealso href="https://github.com/MicrosoftDocs/azure-docs-powershell"/>
internal static class CmdletTable
{
    private static readonly Dictionary<string, string> s_groups = new()
    {
        ["common"] = "ErrorAction/EA WarningAction/WA Verbose? Debug? DefaultProfile/AzContext Confirm? WhatIf?",
        ["vm"] = "ResourceGroupName@0 Name/VMName/ResourceName@1 Id InputObject/VM^ NoWait? AsJob? Force? {common}",
        ["get"] = "ResourceGroupName@0 Name@1 Status? {common}",
        ["template"] = "Name/DeploymentName TemplateFile TemplateUri TemplateObject TemplateSpecId TemplateParameterFile TemplateParameterUri TemplateParameterObject Mode=Incremental Location SkipTemplateParameterPrompt? QueryString DeploymentDebugLogLevel RollbackToLastDeployment? AsJob? Force? Tag ValidationLevel {common}",
        ["stack"] = "ActionOnUnmanage DenySettingsMode Description",
    };

    private static readonly string[] s_rows =
    [
        "Set-AzVM | SetMachine | vm | ResourceGroupName@0 Name/VMName@1 Id Generalized? Redeploy? Reapply? SimulateEviction? InputObject/VM^ NoWait? AsJob? {common}",
        "Stop-AzVM | Deallocate | vm | StayProvisioned? SkipShutdown? Hibernate? {vm}",
        "Start-AzVM | Start | vm | {vm}",
        "Restart-AzVM | Restart | vm | PerformMaintenance? {vm}",
        "Invoke-AzVMReimage | Reimage | vm | {vm}",
        "Remove-AzVM | Delete | vm | ForceDeletion {vm}",
        "Get-AzVM | Show | vm | {get}",
        "Save-AzVMImage | CaptureVhd | vm | ResourceGroupName@0 Name/VMName@1 DestinationContainerName@2 VHDNamePrefix/VirtualHardDiskNamePrefix@3 Overwrite? Path Id {common}",
        "New-AzVM | CreateMachine | vm | ResourceGroupName@0 Location@1 VM/VMProfile@2^ Image/ImageName ImageReferenceId SharedGalleryImageId Name Credential OpenPorts* Size VirtualNetworkName SubnetName SecurityGroupName PublicIpAddressName AvailabilitySetName DiskFile Linux? Zone* LicenseType DisableBginfoExtension? AsJob? SecurityType GenerateSshKey? SshKeyName {common}",
        "New-AzVMConfig | Config | vmconfig | VMName/Name/ResourceName@0 VMSize@1 ImageReferenceId SharedGalleryImageId SecurityType AvailabilitySetId LicenseType Tags {common}",
        "Set-AzVMSourceImage | Config | vmimage | VM/VMProfile@0^ Id@1 PublisherName@1 Offer@2 Skus@3 Version@4 SharedGalleryImageId CommunityGalleryImageId {common}",
        "Set-AzVMOSDisk | Config | vmdisk | VM/VMProfile@0^ Name/OSDiskName/DiskName@1 VhdUri/OSDiskVhdUri/DiskVhdUri@2 Caching@3 SourceImageUri/SourceImage@4 CreateOption@5 ManagedDiskId Windows? Linux? DiskSizeInGB StorageAccountType DeleteOption {common}",
        "Set-AzVMOperatingSystem | Config | vmos | VM/VMProfile@0^ Windows? Linux? ComputerName Credential CustomData ProvisionVMAgent? EnableAutoUpdate? DisablePasswordAuthentication? {common}",
        "Add-AzVMNetworkInterface, Set-AzVMBootDiagnostic, Add-AzVMSshPublicKey, Set-AzVMSecurityProfile, Set-AzVMUefi, Add-AzVMDataDisk, Set-AzVMPlan | Config | vmother | VM/VMProfile@0^ Id NetworkInterface {common}",
        "New-AzImageConfig | Config | imageconfig | Location@0 Tag@1 SourceVirtualMachineId@2 OsDisk@3 HyperVGeneration ZoneResilient? {common}",
        "Set-AzImageOsDisk | Config | imagedisk | Image@0^ OsType@1 OsState@2 BlobUri@3 SnapshotId ManagedDiskId Caching DiskSizeGB StorageAccountType {common}",
        "Add-AzImageDataDisk | Config | imageother | Image@0^ Lun BlobUri SnapshotId ManagedDiskId {common}",
        "New-AzImage | Image | image | ResourceGroupName@0 ImageName/Name@1 Image@2^ AsJob? {common}",
        "Get-AzImage | Show | image | ResourceGroupName@0 ImageName/Name@1 {common}",
        "Remove-AzImage | Delete | image | ResourceGroupName@0 Name/ImageName@1 Force? AsJob? {common}",
        "New-AzGallery | Nothing | gallery | ResourceGroupName@0 Name/GalleryName@1 Location@2 {common}",
        "Get-AzGallery | Show | gallery | ResourceGroupName@0 Name/GalleryName@1 {common}",
        "New-AzGalleryImageDefinition | Definition | definition | ResourceGroupName@0 GalleryName@1 Name/GalleryImageDefinitionName@2 Location@3 OsState OsType Publisher Offer Sku HyperVGeneration Feature Architecture Description AsJob? {common}",
        "Get-AzGalleryImageDefinition | Show | definition | ResourceGroupName@0 GalleryName@1 Name/GalleryImageDefinitionName@2 ResourceId {common}",
        "Remove-AzGalleryImageDefinition | Delete | definition | ResourceGroupName@0 GalleryName@1 Name/GalleryImageDefinitionName@2 Force? AsJob? {common}",
        "New-AzGalleryImageVersion | Version | version | ResourceGroupName@0 GalleryName@1 GalleryImageDefinitionName/GalleryImageName@2 Name/GalleryImageVersionName@3 Location@4 SourceImageId SourceImageVMId OSDiskImage DataDiskImage TargetRegion PublishingProfileExcludeFromLatest? ReplicaCount PublishingProfileEndOfLifeDate StorageAccountType ReplicationMode Tag AsJob? {common}",
        "Get-AzGalleryImageVersion | Show | version | ResourceGroupName@0 GalleryName@1 GalleryImageDefinitionName/GalleryImageName@2 Name/GalleryImageVersionName@3 {common}",
        "Remove-AzGalleryImageVersion | Delete | version | ResourceGroupName@0 GalleryName@1 GalleryImageDefinitionName/GalleryImageName@2 Name/GalleryImageVersionName@3 Force? AsJob? {common}",
        "New-AzDiskConfig | Config | diskconfig | SkuName/AccountType@0 OsType@1 DiskSizeGB@2 Location@3 CreateOption SourceResourceId SourceUri ImageReference GalleryImageReference HyperVGeneration StorageAccountId UploadSizeInBytes Zone {common}",
        "New-AzSnapshotConfig | Config | diskconfig | SkuName/AccountType@0 OsType@1 DiskSizeGB@2 Location@3 CreateOption SourceResourceId SourceUri Incremental? {common}",
        "New-AzDisk | Disk | disk | ResourceGroupName@0 DiskName/Name@1 Disk@2^ AsJob? {common}",
        "New-AzSnapshot | Snapshot | snapshot | ResourceGroupName@0 SnapshotName/Name@1 Snapshot@2^ AsJob? {common}",
        "Get-AzDisk | Show | disk | ResourceGroupName@0 DiskName/Name@1 {common}",
        "Get-AzSnapshot | Show | snapshot | ResourceGroupName@0 SnapshotName/Name@1 {common}",
        "Remove-AzDisk | Delete | disk | ResourceGroupName@0 DiskName/Name@1 Force? AsJob? {common}",
        "Remove-AzSnapshot | Delete | snapshot | ResourceGroupName@0 SnapshotName/Name@1 Force? AsJob? {common}",
        "Add-AzVhd | Blob | blob | ResourceGroupName@0 Destination/dst@1 LocalFilePath/lf@2 DiskName DiskOsType/OsType DiskHyperVGeneration/HyperVGeneration OverWrite? {common}",
        "Invoke-AzVMRunCommand | RunCommand | vm | ResourceGroupName VMName/Name ResourceId VM^ CommandId ScriptPath ScriptString Parameter AsJob? {common}",
        "Set-AzVMRunCommand | RunCommand | vm | ResourceGroupName VMName RunCommandName Location SourceScript SourceScriptUri ScriptLocalPath SourceCommandId AsyncExecution? AsJob? {common}",
        "Set-AzVMCustomScriptExtension | Extension | vm | ResourceGroupName@0 VMName/ResourceName@1 Name/ExtensionName@2 FileUri* Run/RunFile/Command Argument Location ContainerName FileName* StorageAccountName AsJob? {common}",
        "Set-AzVMExtension | Extension | vm | ResourceGroupName@0 VMName/ResourceName@1 Name/ExtensionName@2 Publisher ExtensionType/Type Settings ProtectedSettings SettingString ProtectedSettingString TypeHandlerVersion Location AsJob? {common}",
        "New-AzVmss | ScaleSet | vmss | ResourceGroupName@0 VMScaleSetName/Name@1 VirtualMachineScaleSet@2^ ImageName/Image ImageReferenceId SharedGalleryImageId Credential InstanceCount AsJob? {common}",
        "New-AzImageBuilderTemplateSourceObject, New-AzImageBuilderSourceObject | Config | buildersource | PlatformImageSource? ManagedImageSource? SharedImageVersionSource? SourceTypePlatformImage? SourceTypeManagedImage? SourceTypeSharedImageVersion? Publisher Offer Sku Version ImageId ImageVersionId PlanName PlanProduct PlanPublisher {common}",
        "New-AzImageBuilderTemplateCustomizerObject, New-AzImageBuilderCustomizerObject | Config | builderstep | ShellCustomizer? PowerShellCustomizer? FileCustomizer? WindowsRestartCustomizer? WindowsUpdateCustomizer? Name/CustomizerName Inline ScriptUri SourceUri Destination RestartCommand RestartCheckCommand RestartTimeout RunElevated RunAsSystem ValidExitCode Sha256Checksum Filter SearchCriterion UpdateLimit {common}",
        "New-AzImageBuilderTemplateDistributorObject, New-AzImageBuilderDistributorObject | Config | buildertarget | SharedImageDistributor? ManagedImageDistributor? VhdDistributor? GalleryImageId ImageId Location RunOutputName ReplicationRegion ArtifactTag ExcludeFromLatest StorageAccountType Uri {common}",
        "New-AzImageBuilderTemplate | ImageTemplate | builder | Name/ImageTemplateName ResourceGroupName Source^ Customize Distribute Location JsonTemplatePath JsonString UserAssignedIdentityId UserAssignedIdentity IdentityType BuildTimeoutInMinute VMProfileVmsize/VmSize Tag NoWait? AsJob? {common}",
        "Start-AzImageBuilderTemplate | BuildImage | builder | Name/ImageTemplateName ResourceGroupName InputObject^ NoWait? AsJob? PassThru? {common}",
        "Get-AzImageBuilderTemplate | Show | builder | Name/ImageTemplateName ResourceGroupName {common}",
        "Remove-AzImageBuilderTemplate | Delete | builder | Name/ImageTemplateName ResourceGroupName InputObject^ NoWait? AsJob? {common}",
        "Invoke-AzResourceAction | ResourceAction | | ResourceId ResourceGroupName ResourceName/Name ResourceType Action Parameters ApiVersion Force? {common}",
        "Remove-AzResourceGroup | DeleteGroup | group | Name/ResourceGroupName@0 Id Force? AsJob? {common}",
        "New-AzResourceGroupDeployment, New-AzResourceGroupDeploymentStack, Set-AzResourceGroupDeploymentStack | Deploy | group | ResourceGroupName@1 {template} {stack}",
        "New-AzDeployment, New-AzSubscriptionDeployment, New-AzSubscriptionDeploymentStack, Set-AzSubscriptionDeploymentStack | Deploy | sub | {template} {stack}",
        "New-AzManagementGroupDeployment, New-AzManagementGroupDeploymentStack, Set-AzManagementGroupDeploymentStack | Deploy | mg | ManagementGroupId {template} {stack}",
        "New-AzTenantDeployment | Deploy | tenant | {template}",
        "Test-AzResourceGroupDeployment, Get-AzResourceGroupDeploymentWhatIfResult | DryRun | group | ResourceGroupName@1 {template}",
        "Test-AzDeployment, Test-AzSubscriptionDeployment, Get-AzDeploymentWhatIfResult, Get-AzSubscriptionDeploymentWhatIfResult | DryRun | sub | {template}",
        "Test-AzManagementGroupDeployment, Get-AzManagementGroupDeploymentWhatIfResult | DryRun | mg | ManagementGroupId {template}",
        "Test-AzTenantDeployment, Get-AzTenantDeploymentWhatIfResult | DryRun | tenant | {template}",
        "Set-AzContext, Select-AzSubscription, Select-AzContext | Account | | Subscription/SubscriptionId/SubscriptionName/SubscriptionObject@0 Tenant/TenantId Name Context {common}",
        "Invoke-AzRestMethod | Rest | | Path/Uri Method=GET Payload {common}",
    ];

    private static readonly FrozenDictionary<string, CommandDescription> s_commands = Rows.ToFrozenDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>All rows, one for each name.</summary>
    internal static ImmutableArray<CommandDescription> Rows => [.. s_rows.SelectMany(row => CommandDescription.Parse(row.Replace("{vm}", s_groups["vm"], StringComparison.Ordinal).Replace("{get}", s_groups["get"], StringComparison.Ordinal).Replace("{template}", s_groups["template"], StringComparison.Ordinal), s_groups))];

    /// <summary>The cmdlet of a name of either module; null when it is not read.</summary>
    internal static CommandDescription? Find(string name) => s_commands.GetValueOrDefault(name.Replace("-AzureRm", "-Az", StringComparison.OrdinalIgnoreCase));

    /// <summary>True for the name of a cmdlet that works on images or machines, read or not.</summary>
    internal static bool IsNear(string name)
    {
        var noun = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace("AzureRm", "Az", StringComparison.OrdinalIgnoreCase);
        return !name.StartsWith("Get-", StringComparison.OrdinalIgnoreCase)
            && (noun.StartsWith("AzVM", StringComparison.OrdinalIgnoreCase) || noun.StartsWith("AzImage", StringComparison.OrdinalIgnoreCase) || noun.StartsWith("AzGallery", StringComparison.OrdinalIgnoreCase) || noun.StartsWith("AzDisk", StringComparison.OrdinalIgnoreCase) || noun.StartsWith("AzSnapshot", StringComparison.OrdinalIgnoreCase));
    }
}
