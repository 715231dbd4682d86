namespace DeployGate.Core.Decisions;

/// <summary>What the gate says of one use of an image.</summary>
public enum Verdict
{
    /// <summary>Declared and actual state agree.</summary>
    Allowed,

    /// <summary>They contradict one another: the gate closes.</summary>
    Blocked,

    /// <summary>Something is wrong that does not stop the deployment.</summary>
    Warned,

    /// <summary>Not enough is known; the finding says what would decide it.</summary>
    Undecided,
}

/// <summary>What Azure does when the deployment goes ahead in spite of a finding.</summary>
public enum Outcome
{
    /// <summary>Nothing that the finding itself would cause.</summary>
    None,

    /// <summary>The VM never reports that it is ready; the deployment ends after some forty minutes.</summary>
    ProvisioningTimeout,

    /// <summary>The VM comes up with the old identity, and provisioning fails.</summary>
    ProvisioningFailure,

    /// <summary>Azure Resource Manager refuses the request.</summary>
    DeploymentRejected,

    /// <summary>The VM can never be started again.</summary>
    StartNotAllowed,

    /// <summary>Windows does not come up.</summary>
    BootFailure,

    /// <summary>The deployment succeeds and the machine is wrong.</summary>
    SilentDefect,
}
