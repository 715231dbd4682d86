namespace DeployGate.Core.Uses;

/// <summary>What is being done with an image where it is used.</summary>
public enum Stage
{
    /// <summary>A VHD, disk or snapshot becomes an image: Azure has nothing to compare it with.</summary>
    Upload,

    /// <summary>A virtual machine, or an image, becomes an image: Azure compares marks.</summary>
    Capture,

    /// <summary>Virtual machines are created from an image.</summary>
    Deploy,

    /// <summary>An existing disk becomes the OS disk of a virtual machine.</summary>
    Attach,

    /// <summary>A virtual machine is started or marked.</summary>
    Start,
}
