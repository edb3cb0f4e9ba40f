# A visit that is called off in good time is placed again, and no rule about missed ones is asked.
protocol: infusions
events:
  missed:
    when missed: infusion
    then: stop the course
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is called off by the patient
plan from 2027-01-06
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: infusion[3], infusion[4], check[1]
> completed: rating[1], infusion[1]
> cancelled: infusion[2]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
