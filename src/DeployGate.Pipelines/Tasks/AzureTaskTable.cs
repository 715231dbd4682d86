using System.Collections.Frozen;

namespace DeployGate.Pipelines.Tasks;

/// <summary>The tasks of Azure Pipelines that are read, as of 2026-08.</summary>
/// <seealso href="https://github.com/microsoft/azure-pipelines-tasks/tree/master/Tasks"/>
internal static class AzureTaskTable
{
    private static readonly string[] s_scripts =
    [
        "AzureCLI; connectedServiceNameARM(azureSubscription); scriptType; scriptLocation=scriptPath; scriptPath; inlineScript; scriptArguments(arguments,args); cwd(workingDirectory); powerShellErrorActionPreference=stop; powerShellIgnoreLASTEXITCODE; failOnStandardError=false; addSpnToEnvironment; useGlobalConfig; keepAzSessionActive; visibleAzLogin; connectionType; azureDevOpsServiceConnection; allowNoSubscriptions",
        "AzurePowerShell; ConnectedServiceNameARM(azureSubscription,ConnectedServiceName); ScriptType=FilePath; ScriptPath; Inline; ScriptArguments; errorActionPreference=stop; FailOnStandardError; azurePowerShellVersion(TargetAzurePs)=OtherVersion; preferredAzurePowerShellVersion(CustomTargetAzurePs); pwsh; validateScriptSignature; workingDirectory",
        "PowerShell; targetType=filePath; filePath; arguments; script; errorActionPreference=stop; warningPreference; failOnStderr; pwsh; ignoreLASTEXITCODE; runScriptInSeparateScope; workingDirectory",
        "Bash; targetType=filePath; filePath(scriptPath); arguments; script; workingDirectory(cwd); failOnStderr; bashEnvValue",
        "CmdLine; script; workingDirectory; failOnStderr",
        "ShellScript; scriptPath; args; disableAutoCwd; cwd; failOnStandardError",
        "BatchScript; filename; arguments; modifyEnvironment; workingFolder; failOnStandardError",
    ];

    private static readonly string[] s_read =
    [
        "AzureResourceManagerTemplateDeployment; deploymentScope=Resource Group; ConnectedServiceName(azureResourceManagerConnection); subscriptionName(subscriptionId); action=Create Or Update Resource Group; resourceGroupName; location; templateLocation=Linked artifact; csmFileLink; csmParametersFileLink; csmFile; csmParametersFile; overrideParameters; deploymentMode=Incremental; deploymentName; deploymentOutputs; addSpnToEnvironment; useWithoutJSON",
        "AzureResourceGroupDeployment; ConnectedServiceName(azureSubscription); action=Create Or Update Resource Group; resourceGroupName; location; templateLocation=Linked artifact; csmFileLink; csmParametersFileLink; csmFile; csmParametersFile; overrideParameters; deploymentMode=Incremental; enableDeploymentPrerequisites; deploymentName; deploymentOutputs; outputVariable; addSpnToEnvironment",
        "BicepDeploy; type=deployment; operation=create; scope=resourceGroup; name; azureResourceManagerConnection(ConnectedServiceName); subscriptionId; resourceGroupName; managementGroupId; tenantId; location; templateFile; parametersFile; parameters; bicepVersion; description; tags; maskedOutputs; environment; validationLevel; actionOnUnmanageResources; actionOnUnmanageResourceGroups; actionOnUnmanageManagementGroups; denySettingsMode",
        "PackerBuild; templateType=builtin; customTemplateLocation; customTemplateParameters={}; ConnectedServiceName(azureSubscription); isManagedImage=true; managedImageName; location; storageAccountName; azureResourceGroup; baseImageSource=default; baseImage; customImageUrl; customImageOSType=windows; packagePath; deployScriptPath; deployScriptArguments; additionalBuilderParameters; skipTempFileCleanupDuringVMDeprovision=true; packerVersion; imageUri; imageId",
        "AzureImageBuilderTask; connectedServiceNameARM(azureSubscription,ibSubscription); managedIdentity; imageSource; baseImage; baseImageVersion; baseImageMarketplace; baseImagePubOfferSku; provisioner; inlineScript; packagePath; windowsUpdateProvisioner; distributeType; galleryImageId; replicationRegions; ibAzureResourceGroup; ibLocation; storageAccountName",
        "AzureVmssDeployment; ConnectedServiceName(azureSubscription); action=Update image; vmssName; vmssOsType; imageUrl; customScriptsDirectory; customScript; customScriptArguments; customScriptsStorageAccount; skipArchivingCustomScripts",
        "AzureDtlCreateCustomImage; ConnectedServiceName(azureSubscription); LabId; CustomImageName; Description; SourceLabVMId; OsType=Linux; LinuxOsState=NonDeprovisioned; WindowsOsState=SysprepRequested; customImageId",
        "SSH; sshEndpoint; runOptions=commands; commands; scriptPath; inline; interpreterCommand=/bin/bash; args; failOnStdErr=true; readyTimeout",
        "PowerShellOnTargetMachines; Machines; UserName; UserPassword; ScriptType=FilePath; ScriptPath; InlineScript; ScriptArguments; InitializationScript; SessionVariables; ErrorActionPreference=Stop",
        "AzureFileCopy; SourcePath; ConnectedServiceNameARM(azureSubscription); Destination; StorageAccountRM(storage); ContainerName; BlobPrefix; EnvironmentNameRM(resourceGroup); ResourceFilteringMethod; MachineNames; vmsAdminUserName; TargetPath; AdditionalArgumentsForBlobCopy; outputStorageUri; sasTokenTimeOutInMinutes",
        "InvokeRESTAPI; connectionType; serviceConnection(connectedServiceName,genericService); azureServiceConnection(connectedServiceNameARM); method=POST; headers; body; urlSuffix; waitForCompletion=false; successCriteria",
        "DownloadPipelineArtifact; source(buildType)=current; project; pipeline(definition); runVersion; artifactName(artifact); itemPattern(patterns)=**; targetPath(path,downloadPath)=$(Pipeline.Workspace)",
        "DownloadBuildArtifacts; buildType=current; downloadType=single; artifactName; itemPattern=**; downloadPath=$(System.ArtifactsDirectory)",
        "PublishPipelineArtifact; targetPath(path)=$(Pipeline.Workspace); artifactName(artifact); artifactType(publishLocation)=pipeline",
        "PublishBuildArtifacts; PathtoPublish=$(Build.ArtifactStagingDirectory); ArtifactName=drop; ArtifactType(publishLocation)=Container; TargetPath",
        "CopyFiles; SourceFolder; Contents=**; TargetFolder; CleanTargetFolder=false; OverWrite=false; flattenFolders=false",
        "AzureKeyVault; ConnectedServiceName(azureSubscription); KeyVaultName; SecretsFilter=*; RunAsPreJob=false",
        "checkout; repository; clean; fetchDepth; fetchTags; lfs; submodules; path; persistCredentials; workspaceRepo",
        "TerraformTask; provider; command; workingDirectory",
        "TerraformTaskV1; provider; command; workingDirectory",
        "TerraformTaskV2; provider; command; workingDirectory",
        "TerraformTaskV3; provider; command; workingDirectory",
        "TerraformTaskV4; provider; command; workingDirectory",
        "TerraformTaskV5; provider; command; workingDirectory",
        "TerraformCLI; command; workingDirectory",
        "Docker; command; Dockerfile; buildContext; arguments",
        "AzureContainerApps; azureSubscription; appSourcePath",
        "ManualValidation; notifyUsers; instructions; onTimeout=reject",
        "ReplaceTokens; rootDirectory; targetFiles; tokenPattern; sources",
        "FileTransform; folderPath; fileType; targetFiles",
        "ArchiveFiles; rootFolderOrFile; archiveFile; archiveType",
        "ExtractFiles; archiveFilePatterns; destinationFolder; cleanDestinationFolder",
        "DownloadSecureFile; secureFile",
    ];

    private static readonly string[] s_nothing =
    [
        "UseDotNet", "DotNetCoreCLI", "DotNetCoreInstaller", "NuGetToolInstaller", "NuGetCommand", "NuGetAuthenticate", "NodeTool", "UseNode", "Npm", "npmAuthenticate",
        "UsePythonVersion", "UseRubyVersion", "GoTool", "Go", "JavaToolInstaller", "Maven", "Gradle", "MSBuild", "VSBuild", "VSTest", "PublishTestResults",
        "PublishCodeCoverageResults", "Cache", "CacheBeta", "DeleteFiles", "Delay", "PublishSymbols", "HelmInstaller", "KubectlInstaller", "KubeloginInstaller",
        "DockerInstaller", "PackerTool", "PackerInstaller", "TerraformInstaller", "TerraformTool", "PipAuthenticate", "TwineAuthenticate", "CodeQL3000Init",
        "CodeQL3000Finalize", "ComponentGovernanceComponentDetection", "CredScan", "PostAnalysis", "PoliCheck", "BinSkim", "AntiMalware", "SdtReport",
        "AdvancedSecurity-Codeql-Init", "AdvancedSecurity-Codeql-Analyze", "AdvancedSecurity-Publish", "GitHubRelease", "PublishSecurityAnalysisLogs",
        "HelmDeploy", "Kubernetes", "KubernetesManifest", "AzureWebApp", "AzureRmWebAppDeployment", "AzureFunctionApp", "AzureAppServiceManage",
        "AzureAppServiceSettings", "SqlAzureDacpacDeployment", "AzureStaticWebApp", "AzureSpringCloud", "AzurePolicyCheckGate", "AzureMonitor", "download", "publish", "reviewApp", "getPackage",
    ];

    private static readonly FrozenDictionary<string, TaskDescription> s_tasks = s_scripts.Select(row => TaskDescription.Parse(TaskReading.Script, row))
        .Concat(s_read.Select(row => TaskDescription.Parse(TaskReading.Inputs, row)))
        .Concat(s_nothing.Select(name => new TaskDescription(name, TaskReading.Nothing, [])))
        .ToFrozenDictionary(task => task.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The task of a reference <c>Name@major</c> or <c>publisher.extension.contribution.Name@major</c>; null when it is not read.</summary>
    internal static (TaskDescription? Task, string Name, int? Version) Find(string reference)
    {
        var at = reference.LastIndexOf('@');
        var name = (at < 0 ? reference : reference[..at]).Trim();
        int? version = at >= 0 && int.TryParse(reference.AsSpan(at + 1), out var number) ? number : null;
        var shortName = name[(name.LastIndexOf('.') + 1)..];
        return (s_tasks.GetValueOrDefault(name) ?? s_tasks.GetValueOrDefault(shortName), shortName, version);
    }

    /// <summary>A task by its name.</summary>
    internal static TaskDescription Get(string name) => s_tasks[name];
}
