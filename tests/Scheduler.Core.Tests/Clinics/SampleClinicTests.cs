using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Tests.Clinics;

public class SampleClinicTests
{
    [Theory]
    [InlineData("clinic-busy.yaml", 0.60, 60)]
    [InlineData("clinic-full.yaml", 0.90, 90)]
    public void The_bookings_of_a_sample_clinic_are_those_that_its_seed_makes(string file, double load, int seed)
    {
        var path = $"protocols/samples/{file}";
        var head = Repository.Text(path).Split("\nbookings:\n")[0];
        var clinic = ClinicReader.Read(file, head).Required;

        var made = head + SampleBook.Write(clinic, SampleBook.Fill(clinic, load, seed));

        // To make the files anew after a change of the clinic, run the tests once with SCHEDULER_WRITE_SAMPLES=1.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_SAMPLES") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, path), made);
        }

        Assert.Equal(Repository.Text(path), made);
    }

    [Theory]
    [InlineData("clinic-busy.yaml", 0.50, 0.70)]
    [InlineData("clinic-full.yaml", 0.78, 0.97)]
    public void Chairs_therapists_and_raters_are_booked_to_about_the_stated_load(string file, double least, double most)
    {
        var clinic = Repository.Clinic(file);
        foreach (var role in new[] { "chair", "therapist", "rater" })
        {
            Assert.InRange(SampleBook.Load(clinic, role), least, most);
        }
    }

    [Theory]
    [InlineData("clinic-small.yaml")]
    [InlineData("clinic-busy.yaml")]
    [InlineData("clinic-full.yaml")]
    [InlineData("clinic-lakeside.yaml")]
    public void A_sample_clinic_is_read_without_a_single_diagnostic(string file) =>
        Assert.Empty(ClinicReader.Read(file, Repository.Text($"protocols/samples/{file}")).Diagnostics);

    [Theory]
    [InlineData("patient-any.yaml")]
    [InlineData("patient-worker.yaml")]
    [InlineData("patient-evenings.yaml")]
    [InlineData("patient-far.yaml")]
    public void A_sample_patient_is_read_without_a_single_diagnostic(string file) =>
        Assert.Equal([], PatientReader.Read(file, Repository.Text($"protocols/samples/{file}")).Diagnostics.Select((Diagnostic d) => d.ToString()));
}
