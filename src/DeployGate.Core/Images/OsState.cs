namespace DeployGate.Core.Images;

/// <summary>Azure's two states of an operating system image, as <c>osState</c> spells them.</summary>
public enum OsState
{
    /// <summary>Prepared for copies: the first boot gives each a name, an account and a password of its own.</summary>
    Generalized,

    /// <summary>The machine as it was: its name, its accounts, its identity.</summary>
    Specialized,
}

/// <summary>The operating system family of an image.</summary>
public enum OsType
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>Linux.</summary>
    Linux,
}
