namespace Scheduler.App.Access;

/// <summary>What somebody is at a clinic, and so may ask.</summary>
public enum Role
{
    /// <summary>Says who may do what, imports clinics and protocols, erases patients.</summary>
    Administrator,

    /// <summary>Enrols patients, books courses, and tells what happens to them.</summary>
    Scheduler,

    /// <summary>Sees patients: therapist, nurse, physician. Tells what happens at visits.</summary>
    Clinician,

    /// <summary>Rates patients without knowing their arm.</summary>
    BlindedRater,

    /// <summary>Prepares drugs, and so knows the arms.</summary>
    UnblindedPharmacist,

    /// <summary>Writes protocols.</summary>
    Author,
}

/// <summary>Says which roles may ask something. What nobody is named for, nobody may ask.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowedAttribute(params Role[] roles) : Attribute
{
    /// <summary>The roles; one of them is enough.</summary>
    public IReadOnlyList<Role> Roles { get; } = roles;

    /// <summary>Whether what is asked concerns all clinics, so that it takes the role at all of them, whichever clinic the request names.</summary>
    public bool Everywhere { get; init; }
}
