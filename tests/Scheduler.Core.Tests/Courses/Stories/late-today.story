# Who comes too late is treated later that day, if it fits.
protocol: infusions
events:
  late:
    when late: infusion
    by more than: 15 min
    then: 'today if it still fits, else hold'
story:
plan from 2027-01-04
all is booked
rating takes place
infusion[1] has its patient, 50 min late
plan from 2027-01-04
all is booked
infusion[1] takes place
plan from 2027-01-05
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[2], infusion[3], infusion[4], check[1]
> arrived: infusion[1]
> completed: rating[1]
> asked besides: late-infusion-1, late-start-infusion-1
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 10:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[2], infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 10:30 infusion[1], stays
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
